package dev.keyless.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * The older name of a key, from the time of the C key server: SHA-256 over the upper-case hexadecimal <em>text</em> of
 * the RSA modulus, or of the compressed point of an EC key.
 */
public record CertificateDigest(long first, long second, long third, long fourth) {

    /** Length in bytes. */
    public static final int LENGTH = 32;

    /** @throws IllegalArgumentException if there are not 32 bytes */
    public static CertificateDigest of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a certificate digest is 32 bytes, got " + bytes.length);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new CertificateDigest(in.getLong(), in.getLong(), in.getLong(), in.getLong());
    }

    /** The digest of a key pair; empty for kinds of key that have none (all but RSA and EC). */
    public static Optional<CertificateDigest> of(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa ->
                Optional.of(ofText(rsa.getModulus().toString(16).toUpperCase(Locale.ROOT)));
            case ECPublicKey ec ->
                Optional.of(ofText(HexFormat.of().withUpperCase().formatHex(compressedPoint(ec))));
            default -> Optional.empty();
        };
    }

    public byte[] bytes() {
        return ByteBuffer.allocate(LENGTH)
                .putLong(first)
                .putLong(second)
                .putLong(third)
                .putLong(fourth)
                .array();
    }

    /** 64 lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }

    private static CertificateDigest ofText(String text) {
        return of(Hashes.sha256(text.getBytes(StandardCharsets.US_ASCII)));
    }

    /** SEC 1, section 2.3.3: the parity of y, then x as long as the field. */
    private static byte[] compressedPoint(ECPublicKey key) {
        int fieldLength = (key.getParams().getCurve().getField().getFieldSize() + 7) / 8;
        byte[] x = key.getW().getAffineX().toByteArray();
        byte[] point = new byte[1 + fieldLength];
        point[0] = (byte) (key.getW().getAffineY().testBit(0) ? 3 : 2);
        int used = Math.min(x.length, fieldLength);
        System.arraycopy(x, x.length - used, point, point.length - used, used);
        return point;
    }
}
