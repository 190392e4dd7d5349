package dev.keyless.client.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the public keys out of files. */
final class PublicKeys {

    private static final Pattern PEM = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private PublicKeys() {}

    /**
     * All keys in a file of certificates or public keys, PEM or DER.
     *
     * @throws IllegalArgumentException if there are none
     */
    static List<PublicKey> read(Path file) {
        byte[] bytes = bytes(file);
        List<PublicKey> keys = new ArrayList<>();
        Matcher blocks = PEM.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        boolean pem = false;
        while (blocks.find()) {
            pem = true;
            String label = blocks.group(1);
            if (label.endsWith("CERTIFICATE") || label.equals("PUBLIC KEY")) {
                keys.add(require(file, label, key(base64(file, blocks.group(2)))));
            } else if (label.endsWith("PRIVATE KEY")) {
                throw new IllegalArgumentException(
                        file
                                + ": found a private key, expected a certificate or a public key; leave private keys where they are");
            }
        }
        if (!pem) keys.add(require(file, "DER", key(bytes)));
        if (keys.isEmpty()) throw new IllegalArgumentException(file + ": found neither a certificate nor a public key");
        return List.copyOf(keys);
    }

    private static PublicKey require(Path file, String what, @Nullable PublicKey key) {
        if (key == null) {
            throw new IllegalArgumentException(
                    file + ": found " + what + " that is neither a certificate nor an RSA, EC or Ed25519 public key");
        }
        return key;
    }

    private static @Nullable PublicKey key(byte[] der) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der))
                    .getPublicKey();
        } catch (CertificateException e) {
            return bareKey(der);
        }
    }

    private static @Nullable PublicKey bareKey(byte[] der) {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der));
            } catch (InvalidKeySpecException e) {
                continue; // another algorithm's, perhaps
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has " + algorithm, e);
            }
        }
        return null;
    }

    private static byte[] base64(Path file, String text) {
        try {
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": its PEM text is damaged: " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new UncheckedIOException("there is no file " + file, e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
