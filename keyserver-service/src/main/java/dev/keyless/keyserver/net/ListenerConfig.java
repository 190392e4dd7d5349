package dev.keyless.keyserver.net;

import io.quarkus.arc.Unremovable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;

/** Where edges connect to. Health and metrics have a port of their own: {@code quarkus.http.port}. */
@Unremovable
@ConfigMapping(prefix = "keyserver")
public interface ListenerConfig {

    /** The address to listen on, as an IP address or a host name; {@code 0.0.0.0} stands for every IPv4 address. */
    @WithDefault("0.0.0.0")
    @NotBlank
    String host();

    /** The TCP port of the keyless protocol; it must be the one that the edge was told. With 0 the system picks one. */
    @WithDefault("2407")
    @Min(0)
    @Max(65535)
    int port();
}
