package dev.keyless.client.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientCommandTest {

    /** RFC 8410, section 4: an Ed25519 public key. */
    private static final String ED25519 =
            "302a300506032b657003210019bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void tellsTheIdentifiersOfAPublicKeyInPemAndDer() throws IOException {
        byte[] der = HexFormat.of().parseHex(ED25519);
        Path derFile = Files.write(folder.resolve("key.der"), der);
        Path pemFile = Files.writeString(
                folder.resolve("key.pub"),
                "-----BEGIN PUBLIC KEY-----\n" + Base64.getEncoder().encodeToString(der)
                        + "\n-----END PUBLIC KEY-----\n");

        assertEquals(0, run("ski", derFile.toString(), pemFile.toString()));

        // SHA-1 over the 32 bytes of the key, by the openssl command.
        String ski = "a28cc1f86e5960d3e03ae75c962c97a8d448293c";
        assertEquals(
                ski + " - EdDSA " + derFile + System.lineSeparator() + ski + " - EdDSA " + pemFile
                        + System.lineSeparator(),
                out.toString());
    }

    @Test
    void doesNotTouchAPrivateKey() throws IOException {
        Path key = Files.writeString(
                folder.resolve("key"), "-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n");

        assertEquals(2, run("ski", key.toString()));

        assertTrue(err.toString().contains(key + ": found a private key"), err.toString());
    }

    @Test
    void saysWhatAFileIsNot() throws IOException {
        Path file = Files.writeString(folder.resolve("text"), "hello");

        assertEquals(2, run("ski", file.toString()));

        assertTrue(err.toString().contains("neither a certificate nor"), err.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--opcode|OpPing|is no signing operation; there are RSA_SIGN_MD5SHA1",
                "--ski|abc|a SKI is 40 hexadecimal digits, got 3 characters",
                "--server|host:port|expected HOST:PORT, got"
            })
    void namesTheArgumentThatIsWrong(String option, String value, String expected) {
        assertEquals(2, run("sign", option, value));

        assertTrue(err.toString().contains(option), err.toString());
        assertTrue(err.toString().contains(expected), err.toString());
        assertTrue(err.toString().contains("Try 'keyless-client sign --help'"), err.toString());
    }

    @Test
    void showsHowItIsUsedWhenNothingIsAsked() {
        assertEquals(2, run());

        assertTrue(err.toString().contains("Usage: keyless-client"), err.toString());
    }

    private int run(String... arguments) {
        return ClientCommand.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
