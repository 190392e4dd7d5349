package dev.keyless.keyserver.keys.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.keyless.keyserver.keys.KeyCheck;
import dev.keyless.keyserver.keys.KeyStoreSource.Contents;
import dev.keyless.keyserver.keys.OpenSsl;
import dev.keyless.keyserver.keys.ServedKey;
import dev.keyless.keyserver.keys.crypto.CryptoChoice;
import dev.keyless.keyserver.keys.crypto.CryptoProvider;
import dev.keyless.protocol.Ski;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every form of key file that openssl writes, with both providers. */
class KeyFormatsTest {

    @TempDir
    private static Path folder;

    private static OpenSsl openSsl;
    private static final CryptoProvider JDK = CryptoProvider.open(CryptoChoice.JDK);

    @BeforeAll
    static void makeKeys() {
        openSsl = new OpenSsl(folder);
        openSsl.key("rsa:2048", "rsa");
        openSsl.key("ec:P-256", "p256");
        openSsl.key("ec:P-384", "p384");
        openSsl.key("ec:P-521", "p521");
        openSsl.key("ed25519", "ed25519");
    }

    /** The command that writes the form, from the key in file {@code KEY} to file {@code OUT}. */
    static Stream<Arguments> forms() {
        Stream<Arguments> pkcs8 = Stream.of("rsa", "p256", "p384", "p521", "ed25519")
                .flatMap(key -> Stream.of(
                        Arguments.of(key, "pkcs8 -topk8 -nocrypt -in KEY -out OUT"),
                        Arguments.of(key, "pkcs8 -topk8 -nocrypt -in KEY -outform DER -out OUT")));
        Stream<Arguments> pkcs1 = Stream.of(
                Arguments.of("rsa", "rsa -traditional -in KEY -out OUT"),
                Arguments.of("rsa", "rsa -traditional -in KEY -outform DER -out OUT"));
        Stream<Arguments> sec1 = Stream.of("p256", "p384", "p521")
                .flatMap(key -> Stream.of(
                        Arguments.of(key, "ec -in KEY -out OUT"),
                        Arguments.of(key, "ec -in KEY -outform DER -out OUT"),
                        Arguments.of(key, "ec -in KEY -no_public -out OUT"),
                        Arguments.of(key, "ec -in KEY -conv_form compressed -out OUT"),
                        Arguments.of(key, "pkey -in KEY -ec_conv_form compressed -out OUT"),
                        Arguments.of(key, "pkey -in KEY -text -out OUT")));
        return Stream.of(pkcs8, pkcs1, sec1).flatMap(stream -> stream);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void readsEveryForm(String key, String command) throws Exception {
        openSsl.run(command.replace("KEY", key).replace("OUT", "out").split(" "));

        for (CryptoProvider crypto : List.of(Loaded.CRYPTO, JDK)) {
            Contents contents =
                    FileKeySource.file(folder.resolve("out"), crypto, false).load();
            assertEquals(List.of(), contents.problems());
            assertEquals(1, contents.keys().size());
            ServedKey served = contents.keys().getFirst();
            assertEquals(opensslsSki(key), served.info().ski());
            assertTrue(KeyCheck.signs(served, Optional.empty()));
        }
    }

    /** SHA-1 over what openssl writes as the public key, less the header of fixed length. */
    private static Ski opensslsSki(String key) throws Exception {
        openSsl.run(
                "req",
                "-x509",
                "-key",
                key,
                "-subj",
                "/CN=x",
                "-addext",
                "subjectKeyIdentifier=hash",
                "-out",
                "ski.crt");
        String text = openSsl.run("x509", "-in", "ski.crt", "-noout", "-ext", "subjectKeyIdentifier");
        return Ski.parse(text.lines().toList().get(1).strip().replace(":", ""));
    }

    @Test
    void describesKindAndSize() {
        assertEquals(
                List.of("RSA 2048", "EC P-256", "EC P-384", "EC P-521", "Ed25519"),
                Stream.of("rsa", "p256", "p384", "p521", "ed25519")
                        .flatMap(key -> Loaded.descriptions(Loaded.file(folder.resolve(key))).stream())
                        .toList());
    }

    @Test
    void readsParametersThenTheKeyAsOpensslEcparamWritesThem() {
        openSsl.run("ecparam", "-name", "prime256v1", "-genkey", "-out", "ecparam");

        assertEquals(List.of("EC P-256"), Loaded.descriptions(Loaded.file(folder.resolve("ecparam"))));
    }

    @Test
    void readsEd25519WithItsPublicKeyInsideIt() throws Exception {
        Ed25519PrivateKeyParameters key = new Ed25519PrivateKeyParameters(new SecureRandom());
        byte[] withPublicKey = PrivateKeyInfoFactory.createPrivateKeyInfo(key).getEncoded();
        assertTrue(withPublicKey.length > 48, "the form with the public key");
        openSsl.write("v2", withPublicKey);

        Contents contents = Loaded.file(folder.resolve("v2"));

        assertEquals(List.of(), contents.problems());
        byte[] ski = MessageDigest.getInstance("SHA-1")
                .digest(key.generatePublicKey().getEncoded());
        assertEquals(
                HexFormat.of().formatHex(ski),
                contents.keys().getFirst().info().ski().hex());
    }

    @Test
    void readsLinesThatEndInCarriageReturnAndTextAround() {
        String pem = text("p256").replace("\n", "\r\n");
        openSsl.write("crlf", "Bag Attributes: none\r\n\r\n" + pem + "\r\n# the end, -----really");

        assertEquals(List.of("EC P-256"), Loaded.descriptions(Loaded.file(folder.resolve("crlf"))));
    }

    @Test
    void readsAKeyWhoseLabelIsWrong() {
        openSsl.run("rsa", "-traditional", "-in", "rsa", "-out", "pkcs1");
        openSsl.write("label", text("pkcs1").replace("RSA PRIVATE", "PRIVATE"));

        assertEquals(List.of("RSA 2048"), Loaded.descriptions(Loaded.file(folder.resolve("label"))));
    }

    @Test
    void servesEveryKeyOfAFileOnce() throws Exception {
        openSsl.certificate("p256", "DNS:a.test", "p256.pem");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String part : List.of("rsa", "p256.pem", "p256", "rsa", "ed25519")) all.write(openSsl.bytes(part));
        openSsl.write("several", all.toByteArray());

        Contents contents = Loaded.file(folder.resolve("several"));

        assertEquals(List.of(), contents.problems());
        assertEquals(List.of("RSA 2048", "EC P-256", "Ed25519"), Loaded.descriptions(contents));
        String path = folder.resolve("several").toString();
        assertEquals(List.of(path, path + "#2", path + "#3"), Loaded.origins(contents));
    }

    @Test
    void servesTheGoodKeysOfAFileBesideABadOne() {
        openSsl.write("mixed", text("p256") + "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");

        Contents contents = Loaded.file(folder.resolve("mixed"));

        assertEquals(List.of("EC P-256"), Loaded.descriptions(contents));
        assertEquals(1, contents.problems().size());
    }

    private static String text(String name) {
        return new String(openSsl.bytes(name), StandardCharsets.US_ASCII);
    }
}
