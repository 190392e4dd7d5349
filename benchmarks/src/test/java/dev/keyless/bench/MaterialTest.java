package dev.keyless.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.keyless.protocol.ErrorCode;
import dev.keyless.protocol.Frame;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaterialTest {

    @Test
    void showsThePrivateKeysToNobodyElseAndRemovesThemInTheEnd() throws IOException {
        Path folder;
        try (Material material = Material.make()) {
            folder = material.folder();
            List<Path> keys = List.of(
                    material.serverKey(),
                    material.client().key(),
                    material.keys().resolve("ecdsa.key"),
                    material.keys().resolve("rsa.key"));

            for (Path key : keys) {
                assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
            }
        }
        assertFalse(Files.exists(folder));
    }

    @Test
    void issuesCertificatesThatItsAuthorityHasSigned() throws IOException, GeneralSecurityException {
        try (Material material = Material.make()) {
            X509Certificate ca = certificate(material.client().ca());
            X509Certificate client = certificate(material.client().certificate());

            client.verify(ca.getPublicKey());
            client.checkValidity();

            assertEquals(List.of("1.3.6.1.5.5.7.3.2"), client.getExtendedKeyUsage());
        }
    }

    @Test
    void takesASignatureByTheKeyAndNothingElseForAnAnswer() throws IOException, GeneralSecurityException {
        try (Material material = Material.make()) {
            TestedKey key = material.ecdsa();
            byte[] signature =
                    sign(material.keys().resolve("ecdsa.key"), key.request().payload());

            key.requireSigned(Frame.response(1, signature));

            byte[] other = signature.clone();
            other[other.length - 1] ^= 1;
            Frame forged = Frame.response(1, other);
            Frame refused = Frame.error(1, ErrorCode.KEY_NOT_FOUND);
            assertThrows(BenchException.class, () -> key.requireSigned(forged));
            assertThrows(BenchException.class, () -> key.requireSigned(refused));
        }
    }

    private static byte[] sign(Path keyFile, byte[] digest) throws IOException, GeneralSecurityException {
        String body = Files.readString(keyFile).replaceAll("-----[A-Z ]+-----|\\s", "");
        byte[] der = Base64.getDecoder().decode(body.getBytes(StandardCharsets.US_ASCII));
        Signature signature = Signature.getInstance("NONEwithECDSA");
        signature.initSign(KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der)));
        signature.update(digest);
        return signature.sign();
    }

    private static X509Certificate certificate(Path file) throws IOException, GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
    }
}
