package dev.keyless.bench;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Optional;
import javax.crypto.Cipher;

/**
 * The least that a signature can cost: the private-key operation alone, in a loop, with the provider that the key server
 * prefers. One thread; CPU time.
 */
final class Floor {

    private static final int BATCH = 64;

    private final Optional<Provider> accp = accp();

    private interface Operation {
        void run() throws GeneralSecurityException;
    }

    /** What signs. */
    String provider() {
        return accp.map(provider -> "Amazon Corretto Crypto Provider " + provider.getVersionStr())
                .orElse("the JDK's own providers");
    }

    /** Microseconds for an ECDSA signature with P-256 over a digest. */
    double ecdsa(Duration time) {
        return measure(time, () -> {
            Signature signature = accp.isPresent()
                    ? Signature.getInstance("NONEwithECDSA", accp.get())
                    : Signature.getInstance("NONEwithECDSA");
            signature.initSign(key("EC", 256));
            byte[] digest = random(32);
            return () -> {
                signature.update(digest);
                var _ = signature.sign();
            };
        });
    }

    /** Microseconds for the raw RSA-2048 operation on one block, the result verified, as with any signature. */
    double rsa(Duration time) {
        return measure(time, () -> {
            Cipher cipher = accp.isPresent()
                    ? Cipher.getInstance("RSA/ECB/NoPadding", accp.get())
                    : Cipher.getInstance("RSA/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key("RSA", 2048));
            byte[] block = random(256);
            block[0] = 0; // smaller than any modulus
            return () -> {
                var _ = cipher.doFinal(block);
            };
        });
    }

    private interface Preparation {
        Operation prepare() throws GeneralSecurityException;
    }

    private static double measure(Duration time, Preparation preparation) {
        try {
            Operation operation = preparation.prepare();
            repeat(operation, time.dividedBy(3));
            return repeat(operation, time);
        } catch (GeneralSecurityException e) {
            throw new BenchException("the bare signature does not work: " + e.getMessage(), e);
        }
    }

    private static double repeat(Operation operation, Duration time) throws GeneralSecurityException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long end = System.nanoTime() + time.toNanos();
        long cpu = threads.getCurrentThreadCpuTime();
        long count = 0;
        do {
            for (int i = 0; i < BATCH; i++) operation.run();
            count += BATCH;
        } while (System.nanoTime() - end < 0);
        return (threads.getCurrentThreadCpuTime() - cpu) / 1e3 / count;
    }

    /** Made by the provider that is to use it, which then need not translate it. */
    private PrivateKey key(String algorithm, int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        KeyPair pair = generator.generateKeyPair();
        KeyFactory factory =
                accp.isPresent() ? KeyFactory.getInstance(algorithm, accp.get()) : KeyFactory.getInstance(algorithm);
        return factory.generatePrivate(new PKCS8EncodedKeySpec(pair.getPrivate().getEncoded()));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private static Optional<Provider> accp() {
        try {
            AmazonCorrettoCryptoProvider.INSTANCE.assertHealthy();
            return Optional.of(AmazonCorrettoCryptoProvider.INSTANCE);
        } catch (RuntimeException | LinkageError e) { // no build for this platform: then the server does without it too
            return Optional.empty();
        }
    }
}
