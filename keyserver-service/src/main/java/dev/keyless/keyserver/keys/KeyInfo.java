package dev.keyless.keyserver.keys;

import dev.keyless.protocol.CertificateDigest;
import dev.keyless.protocol.Ski;
import java.security.PublicKey;
import java.util.Optional;
import java.util.Set;

/**
 * What may be told of a key.
 *
 * @param ski the name by which the edge asks for it
 * @param certificateDigest its older name, where its kind has one
 * @param algorithm its kind
 * @param description kind and size for people, such as {@code RSA 2048} or {@code EC P-256}
 * @param origin where it was loaded from: a path or a URI without secrets
 * @param names lower-case DNS names and textual IP addresses of the certificates that were found with it; may be empty
 */
public record KeyInfo(
        Ski ski,
        Optional<CertificateDigest> certificateDigest,
        KeyAlgorithm algorithm,
        String description,
        String origin,
        Set<String> names) {

    public KeyInfo {
        names = Set.copyOf(names);
    }

    /** Derives the identifiers from the public key. */
    public static KeyInfo of(
            PublicKey key, KeyAlgorithm algorithm, String description, String origin, Set<String> names) {
        return new KeyInfo(Ski.of(key), CertificateDigest.of(key), algorithm, description, origin, names);
    }
}
