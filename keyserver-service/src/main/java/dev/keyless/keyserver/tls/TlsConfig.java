package dev.keyless.keyserver.tls;

import io.quarkus.arc.Unremovable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.NotEmpty;
import java.nio.file.Path;
import java.util.List;

/** The TLS identity that edges see, and whom the server believes. Files may change while it runs; see reloading. */
@Unremovable
@ConfigMapping(prefix = "keyserver.tls")
public interface TlsConfig {

    /** PEM file with the server's certificate, intermediate certificates after it. Relative to the working directory. */
    @WithDefault("server.pem")
    Path certificate();

    /** PEM file with the private key of that certificate. This key only identifies the server; it signs for nobody. */
    @WithDefault("server-key.pem")
    Path key();

    /**
     * PEM files with the certificate authorities of the clients; each may hold several certificates. Only a client whose
     * certificate leads to one of these gets in. The system's own authorities do not count.
     */
    @WithDefault("keyless_cacert.pem")
    @NotEmpty
    List<Path> clientCa();

    /** Which TLS implementation to use. */
    @WithDefault("auto")
    Engine engine();

    /** A TLS implementation. */
    enum Engine {
        /** BoringSSL where its native library loads, the JDK's elsewhere. */
        AUTO,
        /** BoringSSL, or no start. */
        OPENSSL,
        /** The JDK's. */
        JDK
    }
}
