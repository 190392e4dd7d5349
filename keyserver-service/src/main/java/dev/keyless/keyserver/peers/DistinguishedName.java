package dev.keyless.keyserver.peers;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** The text is a distinguished name by RFC 2253. */
@Constraint(validatedBy = DistinguishedName.Validator.class)
@Target(ElementType.TYPE_USE)
@Retention(RetentionPolicy.RUNTIME)
public @interface DistinguishedName {

    String message() default "must be a distinguished name such as CN=edge.example.com,O=Example";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Asks the JDK. */
    final class Validator implements ConstraintValidator<DistinguishedName, String> {

        @Override
        public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
            if (value == null) return true;
            try {
                return !new X500Principal(value).getName().isEmpty();
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    }
}
