package dev.keyless.keyserver.signing;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals small blobs (an edge's session tickets, say) so that only this process can open them, with AES-256-GCM under a
 * key that never leaves the process and is replaced on a schedule. A blob outlives neither its key nor the process.
 *
 * <pre>
 * sealed blob: key number (8 bytes), nonce (12 bytes), ciphertext with its tag of 16 bytes; the key number is authenticated
 * </pre>
 *
 * <p>Safe for use from any number of threads.
 */
public final class Sealer {

    /** Larger content would not fit in a packet once it is sealed, in bytes. */
    public static final int MAX_LENGTH = 64 * 1024 - 128;

    private static final int NUMBER_LENGTH = Long.BYTES;
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;

    private final InstantSource clock;
    private final Duration rotation;
    private final SecureRandom random;
    private Current current;

    /**
     * @param rotation how long a key is used before the next one replaces it
     * @param random source of keys and nonces
     */
    public Sealer(InstantSource clock, Duration rotation, SecureRandom random) {
        this.clock = clock;
        this.rotation = rotation;
        this.random = random;
        this.current = fresh();
    }

    /** What is behind a seal. */
    public sealed interface Unsealed permits Opened, Expired, Invalid {}

    public record Opened(byte[] content) implements Unsealed {}

    /** It was sealed with another key than today's. */
    public record Expired() implements Unsealed {}

    /** Too short, or changed since it was sealed. */
    public record Invalid() implements Unsealed {}

    public byte[] seal(byte[] content) {
        Current key = current();
        byte[] nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        try {
            byte[] ciphertext = cipher(Cipher.ENCRYPT_MODE, key, nonce).doFinal(content);
            return ByteBuffer.allocate(NUMBER_LENGTH + NONCE_LENGTH + ciphertext.length)
                    .putLong(key.number)
                    .put(nonce)
                    .put(ciphertext)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM does not work on this platform", e);
        }
    }

    public Unsealed unseal(byte[] sealed) {
        if (sealed.length < NUMBER_LENGTH + NONCE_LENGTH + TAG_BITS / 8) return new Invalid();
        ByteBuffer in = ByteBuffer.wrap(sealed);
        Current key = current();
        if (in.getLong() != key.number) return new Expired();
        byte[] nonce = new byte[NONCE_LENGTH];
        byte[] ciphertext = new byte[in.remaining() - NONCE_LENGTH];
        in.get(nonce).get(ciphertext);
        try {
            return new Opened(cipher(Cipher.DECRYPT_MODE, key, nonce).doFinal(ciphertext));
        } catch (GeneralSecurityException e) {
            return new Invalid();
        }
    }

    private static Cipher cipher(int mode, Current key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.secret, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(ByteBuffer.allocate(NUMBER_LENGTH).putLong(key.number).flip());
        return cipher;
    }

    private synchronized Current current() {
        if (!clock.instant().isBefore(current.expiry)) current = fresh();
        return current;
    }

    private Current fresh() {
        try {
            KeyGenerator generator = KeyGenerator.getInstance("AES");
            generator.init(256, random);
            return new Current(
                    random.nextLong(), generator.generateKey(), clock.instant().plus(rotation));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has AES", e);
        }
    }

    private record Current(long number, SecretKey secret, Instant expiry) {}
}
