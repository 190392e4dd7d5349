package dev.keyless.keyserver.keys;

import dev.keyless.protocol.CertificateDigest;
import dev.keyless.protocol.Opcode;
import dev.keyless.protocol.Ski;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What may be told of a key.
 *
 * @param ski the name by which the edge asks for it
 * @param certificateDigest its older name, where its kind has one
 * @param algorithm its kind
 * @param publicKey the public half
 * @param description kind and size for people, such as {@code RSA 2048} or {@code EC P-256}
 * @param origin where it was loaded from: a path or a URI without secrets
 * @param names lower-case DNS names and textual IP addresses of the certificates that were found with it; may be empty
 */
public record KeyInfo(
        Ski ski,
        Optional<CertificateDigest> certificateDigest,
        KeyAlgorithm algorithm,
        PublicKey publicKey,
        String description,
        String origin,
        Set<String> names) {

    /** A PSS block has to hold hash, salt and two bytes more (RFC 8017, section 9.1.1): 130 for SHA-512. */
    private static final int SMALLEST_MODULUS_FOR_PSS_SHA512 = 8 * 130 - 6;

    public KeyInfo {
        names = Set.copyOf(names);
    }

    /** Derives the identifiers from the public key. */
    public static KeyInfo of(
            PublicKey key, KeyAlgorithm algorithm, String description, String origin, Set<String> names) {
        return new KeyInfo(Ski.of(key), CertificateDigest.of(key), algorithm, key, description, origin, names);
    }

    /** The same key with these names instead. */
    public KeyInfo withNames(Set<String> names) {
        return new KeyInfo(ski, certificateDigest, algorithm, publicKey, description, origin, names);
    }

    /** The operations that this key can do. */
    public Set<Opcode> opcodes() {
        Set<Opcode> opcodes = EnumSet.noneOf(Opcode.class);
        for (Opcode opcode : Opcode.values()) {
            if (algorithm.supports(opcode.scheme())) opcodes.add(opcode);
        }
        if (publicKey instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < SMALLEST_MODULUS_FOR_PSS_SHA512) {
            opcodes.remove(Opcode.RSA_PSS_SIGN_SHA512);
        }
        return opcodes;
    }

    /** Without the public key, which is long. */
    @Override
    public String toString() {
        return ski + " (" + description + ", " + origin + ")";
    }
}
