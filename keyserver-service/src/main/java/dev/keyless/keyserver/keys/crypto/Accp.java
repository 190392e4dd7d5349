package dev.keyless.keyserver.keys.crypto;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.Provider;

/**
 * Amazon Corretto Crypto Provider, loaded and found healthy. Only {@link #load()} names its class, so it may be missing.
 *
 * @param fips whether it is the build whose module is validated to FIPS 140-3
 */
record Accp(Provider provider, boolean fips) {

    /** Off by default; without it a key is translated from the JDK's form each time another one is used. */
    private static final String REGISTER_ED25519 = "com.amazon.corretto.crypto.provider.registerEdKeyFactory";

    /**
     * Loads the native library and runs its self-tests.
     *
     * @throws RuntimeException if it is not healthy
     * @throws LinkageError if it is missing
     */
    static Accp load() {
        System.setProperty(REGISTER_ED25519, "true");
        AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
        provider.assertHealthy();
        return new Accp(provider, provider.isFips());
    }
}
