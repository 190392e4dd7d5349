package dev.keyless.keyserver.tls;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Reads the PEM files of a TLS identity, and says in one line what is wrong with one. */
public final class PemFile {

    private static final int MAX_LENGTH = 1 << 20;

    private PemFile() {}

    /**
     * All certificates of a file, in its order; at least one.
     *
     * @throws TlsFileException if there is none, or the file cannot be read
     */
    public static List<X509Certificate> certificates(Path file) {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Object object : objects(file)) {
            if (!(object instanceof X509CertificateHolder holder)) continue;
            try {
                certificates.add(new JcaX509CertificateConverter().getCertificate(holder));
            } catch (GeneralSecurityException e) {
                throw new TlsFileException(file + " holds a certificate that cannot be read: " + e.getMessage(), e);
            }
        }
        if (certificates.isEmpty()) {
            throw new TlsFileException(file + " holds no certificate; expected PEM, '-----BEGIN CERTIFICATE-----'");
        }
        return certificates;
    }

    /** The first private key of a file: PKCS#8, PKCS#1 or SEC 1, not encrypted. */
    static PrivateKey privateKey(Path file) {
        Optional<PrivateKeyInfo> info = objects(file).stream()
                .flatMap(object -> keyInfo(object).stream())
                .findFirst();
        if (info.isEmpty()) {
            throw new TlsFileException(file + " holds no private key that can be used; expected PEM,"
                    + " '-----BEGIN PRIVATE KEY-----' (or RSA or EC), without a passphrase");
        }
        try {
            return new JcaPEMKeyConverter().getPrivateKey(info.get());
        } catch (IOException e) {
            throw new TlsFileException(file + " holds a private key of a kind that TLS here cannot use");
        }
    }

    /** Signs and verifies once: a certificate with somebody else's key would fail at the first handshake only. */
    static void requirePair(Path certificateFile, X509Certificate certificate, Path keyFile, PrivateKey key) {
        boolean pair;
        try {
            String algorithm = switch (key.getAlgorithm()) {
                case "RSA" -> "SHA256withRSA";
                case "EC" -> "SHA256withECDSA";
                default -> key.getAlgorithm();
            };
            byte[] probe = {1, 2, 3};
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(probe);
            byte[] signature = signer.sign();
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(certificate.getPublicKey());
            verifier.update(probe);
            pair = verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            pair = false;
        }
        if (!pair) {
            throw new TlsFileException("the private key in " + keyFile + " is not the one of the first certificate in "
                    + certificateFile + " (" + certificate.getSubjectX500Principal()
                    + "); if the file holds a chain, the server's own certificate must come first");
        }
    }

    private static Optional<PrivateKeyInfo> keyInfo(Object object) {
        return switch (object) {
            case PrivateKeyInfo info -> Optional.of(info);
            case PEMKeyPair pair -> Optional.of(pair.getPrivateKeyInfo());
            default -> Optional.empty();
        };
    }

    private static List<Object> objects(Path file) {
        List<Object> objects = new ArrayList<>();
        Reader text = text(file);
        try (PEMParser parser = new PEMParser(text)) {
            for (Object object = parser.readObject(); object != null; object = parser.readObject()) objects.add(object);
        } catch (IOException | RuntimeException e) {
            // not its message: it may quote the file
            throw new TlsFileException(file + " is not valid PEM");
        }
        return objects;
    }

    private static Reader text(Path file) {
        try {
            if (Files.size(file) > MAX_LENGTH) {
                throw new TlsFileException(file + " has more than " + MAX_LENGTH + " bytes: not a PEM file of ours");
            }
            return new StringReader(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            throw new TlsFileException(file + " does not exist");
        } catch (IOException e) {
            throw new TlsFileException(
                    file + " cannot be read: " + e.getClass().getSimpleName() + "; is it readable for this user?");
        }
    }
}
