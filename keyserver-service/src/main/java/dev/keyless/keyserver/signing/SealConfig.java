package dev.keyless.keyserver.signing;

import io.quarkus.arc.Unremovable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** Sealing of small blobs for the edge, such as its session tickets. */
@Unremovable
@ConfigMapping(prefix = "keyserver.seal")
public interface SealConfig {

    /** Whether seal and unseal are served; off, they are answered with error 0x08, as gokeyless does. */
    @WithDefault("false")
    boolean enabled();

    /** How long a sealing key is used. What was sealed with an older one opens no more (error 0x0A). */
    @WithDefault("24h")
    @DurationMin(seconds = 1, message = "must be 1s or longer")
    Duration rotation();
}
