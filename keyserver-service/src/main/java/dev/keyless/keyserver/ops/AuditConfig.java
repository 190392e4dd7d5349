package dev.keyless.keyserver.ops;

import io.quarkus.arc.Unremovable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** A record of every use of a private key. */
@Unremovable
@ConfigMapping(prefix = "keyserver.audit")
public interface AuditConfig {

    /** Whether to log who used which key for what: one line an operation. */
    @WithDefault("false")
    boolean enabled();
}
