package dev.keyless.keyserver.ops;

import io.quarkus.arc.Unremovable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** Changed keys, certificates and authorities are taken up without a restart. */
@Unremovable
@ConfigMapping(prefix = "keyserver.reload")
public interface ReloadConfig {

    /** How often to look whether a file has changed. What cannot be read is reported and the old content stays in use. */
    @WithDefault("2s")
    @DurationMin(millis = 100, message = "must be 100ms or longer")
    Duration interval();
}
