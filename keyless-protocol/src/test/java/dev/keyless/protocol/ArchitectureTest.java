package dev.keyless.protocol;

import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses MODULE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.keyless.protocol");

    @Test
    void needsNothingButTheJdkAndItsNullAnnotations() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java.io",
                        "java.lang..",
                        "java.math",
                        "java.net",
                        "java.nio..",
                        "java.security..",
                        "java.util..",
                        "org.jspecify.annotations",
                        "dev.keyless.protocol")
                .because("server, client and stand-ins all speak the protocol, each with libraries of its own")
                .check(MODULE);
    }

    @Test
    void isOnePackage() {
        classes().should().resideInAPackage("dev.keyless.protocol").check(MODULE);
    }

    @Test
    void showsOnlyWhatOthersNeed() {
        Set<String> shown = MODULE.stream()
                .filter(type -> type.getModifiers().contains(PUBLIC))
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toSet());

        assertEquals(
                Set.of(
                        "CertificateDigest",
                        "Decoded",
                        "Digest",
                        "ErrorCode",
                        "Frame",
                        "Builder",
                        "FrameDecoder",
                        "NeedMore",
                        "Opcode",
                        "ProtocolViolation",
                        "Scheme",
                        "Ski",
                        "SpanContext"),
                shown);
    }

    @Test
    void nobodyElseCanExtendIt() {
        classes()
                .that()
                .arePublic()
                .and()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .should()
                .haveModifier(FINAL)
                .because("a frame that somebody has extended is no value any more")
                .check(MODULE);
    }
}
