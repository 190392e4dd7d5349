package dev.keyless.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientTlsTest {

    private final TestPki pki = new TestPki();
    private final TestPki.Identity identity = pki.issue("client");

    @TempDir
    private Path folder;

    @Test
    void saysWhichFileHoldsWhatInsteadOfWhat() throws IOException {
        Path ca = Files.write(folder.resolve("ca.pem"), pki.caPem());
        Path certificate = Files.write(folder.resolve("cert.pem"), identity.certificatePem());
        Path key = Files.write(folder.resolve("key.pem"), identity.keyPem());

        assertEquals(
                certificate + ": found a certificate, expected an unencrypted private key in PEM form",
                failure(ca, certificate, certificate));
        assertEquals(key + ": found a private key, expected a certificate in PEM form", failure(key, certificate, key));
    }

    @Test
    void refusesAnEncryptedKey() {
        byte[] encrypted = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAA==\n-----END ENCRYPTED PRIVATE KEY-----\n"
                .getBytes(StandardCharsets.US_ASCII);

        IllegalArgumentException failure = assertThrows(
                IllegalArgumentException.class,
                () -> ClientTls.ofPem(pki.caPem(), identity.certificatePem(), encrypted));

        assertTrue(failure.getMessage().contains("found an encrypted private key"), failure.getMessage());
    }

    @Test
    void saysWhichFileIsMissing() {
        Path missing = folder.resolve("missing.pem");

        UncheckedIOException failure =
                assertThrows(UncheckedIOException.class, () -> ClientTls.ofPem(missing, missing, missing));

        assertEquals("there is no file " + missing, failure.getMessage());
    }

    @Test
    void printsNothingOfTheKey() {
        ClientTls tls = pki.clientTls(identity).withServerName("keys.example");
        ClientOptions options =
                ClientOptions.builder(tls, new ServerAddress("localhost", 1)).build();

        assertEquals("ClientTls[serverName=keys.example]", tls.toString());
        assertFalse(options.toString().contains("PRIVATE"), options.toString());
    }

    private static String failure(Path ca, Path certificate, Path key) {
        return assertThrows(IllegalArgumentException.class, () -> ClientTls.ofPem(ca, certificate, key))
                .getMessage();
    }
}
