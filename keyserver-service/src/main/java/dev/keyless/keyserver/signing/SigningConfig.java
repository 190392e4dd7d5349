package dev.keyless.keyserver.signing;

import io.quarkus.arc.Unremovable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.OptionalInt;
import org.hibernate.validator.constraints.time.DurationMin;

/** How private-key operations are carried out. */
@Unremovable
@ConfigMapping(prefix = "keyserver.signing")
public interface SigningConfig {

    /** Threads that use private keys; absent: as many as there are processors. A token may allow fewer sessions. */
    @Min(1)
    @Max(4096)
    OptionalInt threads();

    /** A request that has no result by then is answered with error 0x01 (cryptography failure). */
    @WithDefault("5s")
    @DurationMin(millis = 1, message = "must be 1ms or longer")
    Duration deadline();
}
