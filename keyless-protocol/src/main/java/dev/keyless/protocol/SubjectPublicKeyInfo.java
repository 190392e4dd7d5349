package dev.keyless.protocol;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.PublicKey;

/** The part of X.509's SubjectPublicKeyInfo (RFC 5280, section 4.1) that identifies a key. */
final class SubjectPublicKeyInfo {

    private static final int SEQUENCE = 0x30;
    private static final int BIT_STRING = 0x03;

    private SubjectPublicKeyInfo() {}

    /** The content of the subjectPublicKey BIT STRING, without its count of unused bits. */
    static byte[] keyBits(PublicKey key) {
        byte[] encoded = key.getEncoded();
        if (encoded == null) {
            throw new IllegalArgumentException("a public key without an encoding: " + key.getAlgorithm());
        }
        try {
            ByteBuffer info = value(ByteBuffer.wrap(encoded), SEQUENCE);
            value(info, SEQUENCE); // the algorithm
            ByteBuffer bits = value(info, BIT_STRING);
            if (bits.get() != 0) throw new IllegalArgumentException("a public key that does not end on a byte");
            byte[] content = new byte[bits.remaining()];
            bits.get(content);
            return content;
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("not a SubjectPublicKeyInfo: it ends early", e);
        }
    }

    private static ByteBuffer value(ByteBuffer in, int tag) {
        int found = in.get() & 0xFF;
        if (found != tag) {
            throw new IllegalArgumentException(
                    "not a SubjectPublicKeyInfo: found DER tag 0x%02x, expected 0x%02x".formatted(found, tag));
        }
        int length = length(in);
        ByteBuffer value = in.slice(in.position(), length);
        in.position(in.position() + length);
        return value;
    }

    private static int length(ByteBuffer in) {
        int first = in.get() & 0xFF;
        if (first < 0x80) return first;
        int length = 0;
        for (int i = first & 0x7F; i > 0; i--) length = (length << 8) | (in.get() & 0xFF);
        return length;
    }
}
