package dev.keyless.keyserver.signing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Whose cryptography works with keys that are held in memory. */
@ConfigMapping(prefix = "keyserver.crypto")
public interface CryptoConfig {

    /** The provider to use; one that does not work on this machine stops the start. */
    @WithDefault("accp")
    Provider provider();

    /** A cryptography provider. */
    enum Provider {
        /** Amazon Corretto Crypto Provider: AWS-LC, several times as fast as the JDK. */
        ACCP,
        /** The same with AWS-LC's FIPS module, which must be on the class path. */
        ACCP_FIPS,
        /** The JDK's own. */
        JDK
    }
}
