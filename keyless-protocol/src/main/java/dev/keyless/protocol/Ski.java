package dev.keyless.protocol;

import java.nio.ByteBuffer;
import java.security.PublicKey;
import java.util.HexFormat;

/**
 * Subject key identifier: the 20 bytes by which the edge names a key. It is the SHA-1 over the content of the
 * subjectPublicKey BIT STRING (RFC 5280, section 4.2.1.2, method 1).
 *
 * <p>The bytes are held as numbers so that equality, hashing and immutability come with the record.
 */
public record Ski(long high, long middle, int low) {

    /** Length in bytes. */
    public static final int LENGTH = 20;

    /** @throws IllegalArgumentException if there are not 20 bytes */
    public static Ski of(byte[] bytes) {
        if (bytes.length != LENGTH) throw new IllegalArgumentException("a SKI is 20 bytes, got " + bytes.length);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new Ski(in.getLong(), in.getLong(), in.getInt());
    }

    /** The identifier of a key pair, computed from its public key. */
    public static Ski of(PublicKey key) {
        return of(Hashes.sha1(SubjectPublicKeyInfo.keyBits(key)));
    }

    /**
     * Reads 40 hexadecimal digits of either case.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Ski parse(String hex) {
        if (hex.length() != 2 * LENGTH) {
            throw new IllegalArgumentException("a SKI is 40 hexadecimal digits, got " + hex.length() + " characters");
        }
        return of(HexFormat.of().parseHex(hex));
    }

    public byte[] bytes() {
        return ByteBuffer.allocate(LENGTH)
                .putLong(high)
                .putLong(middle)
                .putInt(low)
                .array();
    }

    /** 40 lower-case hexadecimal digits. */
    public String hex() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(middle) + hex.toHexDigits(low);
    }

    @Override
    public String toString() {
        return hex();
    }
}
