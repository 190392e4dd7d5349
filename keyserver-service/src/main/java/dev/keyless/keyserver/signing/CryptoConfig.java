package dev.keyless.keyserver.signing;

import io.quarkus.arc.Unremovable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Whose cryptography works with keys that are held in memory. */
@Unremovable
@ConfigMapping(prefix = "keyserver.crypto")
public interface CryptoConfig {

    /** The provider to use. Where {@code accp} does not work, the JDK's serves, with a warning; without {@code accp-fips} there is no start. */
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
