package dev.keyless.protocol;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The two hash functions that identify keys. Neither protects anything here: they only name. */
final class Hashes {

    private Hashes() {}

    static byte[] sha1(byte[] input) {
        return digest("SHA-1", input);
    }

    static byte[] sha256(byte[] input) {
        return digest("SHA-256", input);
    }

    private static byte[] digest(String algorithm, byte[] input) {
        try {
            return MessageDigest.getInstance(algorithm).digest(input);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
