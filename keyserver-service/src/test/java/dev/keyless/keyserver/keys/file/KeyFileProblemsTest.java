package dev.keyless.keyserver.keys.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.keyless.keyserver.keys.KeyStoreSource.Contents;
import dev.keyless.keyserver.keys.OpenSsl;
import dev.keyless.keyserver.keys.crypto.CryptoChoice;
import dev.keyless.keyserver.keys.crypto.CryptoProvider;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The one line that each kind of wrong file gets. */
class KeyFileProblemsTest {

    private static final String SERVED =
            "; expected RSA of 1024 to 8192 bits, EC on P-256, P-384 or P-521, or Ed25519: make a new key";

    @TempDir
    private static Path folder;

    private static OpenSsl openSsl;

    @BeforeAll
    static void makeKeys() {
        openSsl = new OpenSsl(folder);
        openSsl.key("rsa:2048", "rsa");
        openSsl.key("ec:P-256", "ec");
        openSsl.key("ec:P-256", "ec2");
        openSsl.key("ed25519", "ed25519");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        req -x509 -key ec -subj /CN=x -out OUT                          | holds a certificate, not a private key: copy privkey.pem, not fullchain.pem
        req -x509 -key ec -subj /CN=x -outform DER -out OUT             | holds a certificate, not a private key: copy privkey.pem, not fullchain.pem
        req -new -key ec -subj /CN=x -out OUT                           | holds a certificate request, not a private key: copy the key that it was made with
        req -new -key ec -subj /CN=x -outform DER -out OUT              | holds a certificate request, not a private key: copy the key that it was made with
        pkey -in rsa -pubout -out OUT                                   | holds a public key, not a private key: copy the private half of the pair
        pkey -in ec -pubout -outform DER -out OUT                       | holds a public key, not a private key: copy the private half of the pair
        rsa -in rsa -RSAPublicKey_out -out OUT                          | holds a public key, not a private key: copy the private half of the pair
        rsa -in rsa -RSAPublicKey_out -outform DER -out OUT             | holds a public key, not a private key: copy the private half of the pair
        pkcs8 -topk8 -in rsa -passout pass:secret -out OUT              | holds a private key that is encrypted with a passphrase, which nobody can type here: decrypt it with openssl pkey -in OLD -out NEW
        pkcs8 -topk8 -in rsa -passout pass:secret -outform DER -out OUT | holds a private key that is encrypted with a passphrase, which nobody can type here: decrypt it with openssl pkey -in OLD -out NEW
        rsa -traditional -aes128 -passout pass:secret -in rsa -out OUT  | holds a private key that is encrypted with a passphrase, which nobody can type here: decrypt it with openssl pkey -in OLD -out NEW
        ecparam -name secp256r1 -out OUT                                | holds parameters, not a private key: copy the key itself
        """)
    void saysWhatIsThereInsteadOfAKey(String command, String sentence) {
        assertProblem(sentence, make(command));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:512 -out OUT       | holds an RSA 512 key
        genpkey -quiet -algorithm RSA-PSS -out OUT                                | holds an RSA key restricted to PSS
        genpkey -algorithm EC -pkeyopt ec_paramgen_curve:secp256k1 -out OUT       | holds an EC key on curve secp256k1
        ecparam -name secp256k1 -genkey -noout -out OUT                           | holds an EC key on curve secp256k1
        genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-224 -out OUT           | holds an EC key on curve secp224r1
        genpkey -algorithm EC -pkeyopt ec_paramgen_curve:brainpoolP256r1 -out OUT | holds an EC key on curve brainpoolP256r1
        genpkey -algorithm ED448 -out OUT                                         | holds an Ed448 key
        genpkey -algorithm X25519 -out OUT                                        | holds an X25519 key
        genrsa -traditional -primes 3 -out OUT 2048                               | holds an RSA key of more than two primes
        """)
    void saysWhichKindOfKeyIsNotServed(String command, String sentence) {
        assertProblem(sentence + SERVED, make(command));
    }

    @Test
    void saysThatDsaIsNotServed() {
        openSsl.run(
                "genpkey",
                "-quiet",
                "-genparam",
                "-algorithm",
                "DSA",
                "-pkeyopt",
                "dsa_paramgen_bits:1024",
                "-out",
                "dsaparam");

        assertProblem("holds a DSA key" + SERVED, make("genpkey -paramfile dsaparam -out OUT"));
        openSsl.run("pkey", "-traditional", "-in", "out.key", "-out", "dsa.key");
        assertProblem("holds a DSA key" + SERVED, folder.resolve("dsa.key"));
    }

    @Test
    void wantsTheCurveByName() {
        String sentence = "holds an EC key that does not name its curve; expected P-256, P-384 or P-521 by name: "
                + "convert it with openssl ec -param_enc named_curve";

        assertProblem(sentence, make("ecparam -name prime256v1 -param_enc explicit -genkey -noout -out OUT"));
    }

    @Test
    void saysHowToTakeAKeyOutOfAPkcs12Store() {
        openSsl.certificate("ec", "DNS:a.test", "ec.crt");

        assertProblem(
                "holds a PKCS#12 store, not a private key: "
                        + "extract the key with openssl pkcs12 -nocerts -noenc -in STORE -out NEW",
                make("pkcs12 -export -inkey ec -in ec.crt -passout pass: -out OUT"));
    }

    @Test
    void saysWhatAFileIsThatHoldsNothingOfUse() {
        assertProblem("is empty; expected a private key in PEM or DER: copy the file again", file(new byte[0]));
        assertProblem(
                "holds text without a PEM block; expected a private key in PEM or DER: copy the key file itself",
                file("<html>404</html>\n"));
        assertProblem(
                "holds binary data that is not DER; expected a private key in PEM or DER: copy the key file itself",
                file(new byte[] {1, 2, 3, (byte) 0x80}));
        assertProblem("holds a DER structure that is damaged: copy the file again", file(new byte[] {0x30, 5, 1, 1}));
        assertProblem(
                "holds a DER structure of another kind, not a private key: copy the key in PKCS#8, PKCS#1 or SEC 1 form",
                file(new byte[] {0x30, 4, 5, 0, 5, 0}));
        assertProblem(
                "holds a key in OpenSSH's own form; expected PKCS#8, PKCS#1 or SEC 1: "
                        + "convert it with ssh-keygen -p -m PKCS8 -f FILE",
                file("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n"));
        assertProblem(
                "holds a PEM block \"PKCS7\", not a private key: copy the block that ends in PRIVATE KEY",
                file("-----BEGIN PKCS7-----\nAAAA\n-----END PKCS7-----\n"));
    }

    @Test
    void saysWhatIsWrongWithAPemBlock() {
        String pem = text("ec");

        assertProblem(
                "holds a PEM block \"PRIVATE KEY\" that has no END line: copy the file again",
                file(pem.substring(0, pem.length() - 40)));
        assertProblem(
                "holds a PEM block \"PRIVATE KEY\" that is no Base64: copy the file again",
                file(pem.replaceFirst("M", "*")));
        assertProblem(
                "holds a PEM block \"\" that has a BEGIN line that does not end: copy the file again",
                file("-----BEGIN PRIVATE KEY" + "x".repeat(100) + "-----\n"));
        assertProblem(
                "holds a DER structure that is damaged: copy the file again", file(pem.replaceFirst("\n.{8}", "\n")));
    }

    @Test
    void refusesAnEcKeyWithThePublicHalfOfAnother() throws Exception {
        byte[] der = der("ec");
        byte[] other = der("ec2");
        System.arraycopy(other, der.length - 65, der, der.length - 65, 65);

        assertProblem(inconsistent("EC P-256"), file(der));
    }

    @Test
    void refusesAnEcKeyBeyondTheOrder() throws Exception {
        byte[] der = der("ec");
        int secret = indexOf(der, new byte[] {0x04, 0x20}) + 2;
        Arrays.fill(der, secret, secret + 32, (byte) 0xFF);

        assertProblem(inconsistent("EC P-256"), file(der));
    }

    @ParameterizedTest
    @CsvSource({"ACCP", "JDK"})
    void refusesAnRsaKeyWithAnyPartChanged(CryptoChoice choice) throws Exception {
        RSAPrivateKey key =
                RSAPrivateKey.getInstance(PrivateKeyInfo.getInstance(der("rsa")).parsePrivateKey());
        BigInteger[] parts = {
            key.getModulus(),
            key.getPublicExponent(),
            key.getPrivateExponent(),
            key.getPrime1(),
            key.getPrime2(),
            key.getExponent1(),
            key.getExponent2(),
            key.getCoefficient()
        };
        CryptoProvider crypto = CryptoProvider.open(choice);

        for (int changed : new int[] {0, 1, 3, 4, 5, 6, 7}) {
            BigInteger[] p = parts.clone();
            p[changed] = p[changed].add(BigInteger.TWO);
            Path file = file(new RSAPrivateKey(p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7]).getEncoded());
            Contents contents = FileKeySource.file(file, crypto, false).load();
            assertEquals(List.of(file + " " + inconsistent("RSA 2048")), contents.problems(), "part " + changed);
            assertEquals(List.of(), contents.keys());
        }
    }

    @Test
    void takesRsaUpTo8192BitsAndNoFurther() throws Exception {
        assertProblem(inconsistent("RSA 8192"), file(rsaOfBits(8192)));
        assertProblem("holds an RSA 8193 key" + SERVED, file(rsaOfBits(8193)));
    }

    private static byte[] rsaOfBits(int bits) throws Exception {
        BigInteger n = BigInteger.ONE.shiftLeft(bits - 1).add(BigInteger.valueOf(12345));
        BigInteger one = BigInteger.ONE;
        return new RSAPrivateKey(n, BigInteger.valueOf(65537), one, one, one, one, one, one).getEncoded();
    }

    @Test
    void warnsOfRsaBelow2048BitsAndServesIt() {
        Path file = openSsl.key("rsa:1024", "small.key");

        Contents contents = Loaded.file(file);

        assertEquals(1, contents.keys().size());
        assertEquals(
                List.of(
                        file
                                + " holds an RSA 1024 key, which public CAs no longer certify: replace it by one of 2048 bits or more"),
                contents.warnings());
    }

    @Test
    void readsNoFileLongerThanAMebibyte() throws Exception {
        byte[] long1 = Arrays.copyOf(text("ec").getBytes(StandardCharsets.US_ASCII), (1 << 20) + 1);

        assertProblem(
                "is 1048577 bytes long; expected a private key file of at most 1048576: copy the key file itself",
                file(long1));
        assertEquals(1, Loaded.file(file(Arrays.copyOf(long1, 1 << 20))).keys().size());
    }

    @Test
    void saysWhatAnEntryIsThatIsNoFile() throws Exception {
        Path link = folder.resolve("dangling.key");
        Files.createSymbolicLink(link, Path.of("nowhere"));
        Path pipe = folder.resolve("pipe.key");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());

        assertProblem("is a link to nowhere, which does not exist: put the key there or remove the link", link);
        assertProblem("is neither a file nor a folder; expected a key file: remove it", pipe);
        assertProblem("is a folder; expected one key file: use a dir entry for a folder", folder);
        assertProblem("does not exist; expected a key file: copy it there", folder.resolve("missing.key"));
    }

    @Test
    void saysWhatAFolderIsThatIsNone() {
        Path missing = folder.resolve("missing");
        Path file = folder.resolve("ec");

        assertEquals(
                List.of(missing + " does not exist; expected a folder that holds *.key files: make it or mount it"),
                Loaded.folder(missing).problems());
        assertEquals(
                List.of(file + " is not a folder; expected one that holds *.key files: use a file entry for one file"),
                Loaded.folder(file).problems());
    }

    /** Root may read everything, so this cannot be had from the file system in every place where the tests run. */
    @Test
    void saysWhoMayNotRead() {
        assertEquals(
                "cannot be read: permission denied: let the user that this server runs as (%s) read it"
                        .formatted(System.getProperty("user.name")),
                Looking.unreadable(new AccessDeniedException("x.key")));
    }

    @Test
    void warnsOfAFileThatIsOpenToOthers() throws Exception {
        Path file = openSsl.key("ec:P-256", "loose.key");
        for (String permissions :
                List.of("rw-r-----", "rw-r--r--", "rw-------", "r--------", "rwx--x--x", "rw--w----")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

            Contents warned = FileKeySource.file(file, Loaded.CRYPTO, false).load();
            Contents refused = FileKeySource.file(file, Loaded.CRYPTO, true).load();

            boolean loose = permissions.substring(3).matches(".*[rw].*");
            String sentence = file + " is open to others than its owner (" + permissions + ")";
            assertEquals(1, warned.keys().size());
            assertEquals(loose ? List.of(sentence + ": chmod 600") : List.of(), warned.warnings());
            assertEquals(loose ? 0 : 1, refused.keys().size());
            assertEquals(
                    loose ? List.of(sentence + "; such keys are not served: chmod 600") : List.of(),
                    refused.problems());
        }
    }

    @Test
    void outlivesAnyBytesAndQuotesNone() throws Exception {
        long seed = Long.getLong("keys.seed", System.nanoTime());
        Random random = new Random(seed);
        List<byte[]> good = List.of(
                der("rsa"),
                der("ec"),
                der("ed25519"),
                openSsl.bytes("rsa"),
                openSsl.bytes("ec"),
                openSsl.bytes("ed25519"));
        for (int i = 0; i < 600; i++) {
            byte[] bytes = good.get(i % good.size()).clone();
            int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
            bytes = Arrays.copyOf(bytes, length);
            for (int j = random.nextInt(4); j > 0 && length > 0; j--) {
                bytes[random.nextInt(length)] = (byte) random.nextInt();
            }
            for (Finding finding : KeyFileReader.read(bytes)) {
                if (finding instanceof Finding.Pair(KeyPairBytes pair)) pair.key(Loaded.CRYPTO, "here");
                if (finding instanceof Finding.Unusable(String sentence)) {
                    assertTrue(sentence.length() < 200, () -> "keys.seed=" + seed + ": " + sentence);
                    assertFalse(sentence.matches("(?s).*[^ -~].*"), () -> "keys.seed=" + seed + ": " + sentence);
                }
            }
        }
    }

    @Test
    void outlivesDeepNestingAndCountlessBlocks() {
        byte[] nested = new byte[1 << 20];
        for (int i = 0; i < nested.length; i += 2) {
            nested[i] = 0x30;
            nested[i + 1] = (byte) 0x80;
        }
        String begin = "-----BEGIN PRIVATE KEY-----\n";

        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            assertEquals(1, Loaded.file(file(nested)).problems().size());
            assertTrue(KeyFileReader.read(begin.repeat(30_000).getBytes(StandardCharsets.US_ASCII))
                            .size()
                    == 30_000);
        });
    }

    private static String inconsistent(String kind) {
        return "holds an " + kind + " key whose parts do not belong together: copy the file again, or make a new key";
    }

    private static void assertProblem(String sentence, Path file) {
        Contents contents = Loaded.file(file);

        assertEquals(List.of(file + " " + sentence), contents.problems());
        assertEquals(List.of(), contents.keys());
        assertEquals(List.of(), contents.warnings());
    }

    private static Path make(String command) {
        openSsl.run(command.strip().replace("OUT", "out.key").split(" +"));
        return folder.resolve("out.key");
    }

    private static Path file(String text) {
        return file(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Path file(byte[] bytes) {
        openSsl.write("file.key", bytes);
        return folder.resolve("file.key");
    }

    private static String text(String name) {
        return new String(openSsl.bytes(name), StandardCharsets.US_ASCII);
    }

    private static byte[] der(String name) {
        return Base64.getMimeDecoder().decode(text(name).replaceAll("-----.*-----", ""));
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i <= bytes.length - part.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) return i;
        }
        throw new AssertionError("not there");
    }
}
