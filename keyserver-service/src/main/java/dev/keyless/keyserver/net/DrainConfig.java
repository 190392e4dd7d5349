package dev.keyless.keyserver.net;

import io.quarkus.arc.Unremovable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/**
 * How the server leaves: not ready, still serving ({@link #grace()}); then no new connections and requests, the begun ones
 * are finished ({@link #timeout()}); then gone. Give the process manager more time than the two together.
 */
@Unremovable
@ConfigMapping(prefix = "keyserver.drain")
public interface DrainConfig {

    /** How long to serve on after readiness has turned to no, so that load balancers can take the address out. */
    @WithDefault("5s")
    @DurationMin(millis = 0, message = "must be 0s or longer")
    Duration grace();

    /** How long begun requests may take after that before their connections are cut. */
    @WithDefault("20s")
    @DurationMin(millis = 0, message = "must be 0s or longer")
    Duration timeout();
}
