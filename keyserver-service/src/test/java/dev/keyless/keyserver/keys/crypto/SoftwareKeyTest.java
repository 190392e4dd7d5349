package dev.keyless.keyserver.keys.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.keyless.keyserver.keys.KeyCheck;
import dev.keyless.keyserver.keys.KeyStoreSource;
import dev.keyless.keyserver.keys.OpenSsl;
import dev.keyless.keyserver.keys.ServedKey;
import dev.keyless.keyserver.keys.file.FileKeySource;
import dev.keyless.protocol.Digest;
import dev.keyless.protocol.Opcode;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation of every kind of key with both providers, verified by openssl. */
class SoftwareKeyTest {

    /** 2047 and 1025 are there for the odd top bits: a PSS block may begin with a byte of zero. */
    private static final List<String> KINDS = List.of(
            "rsa:1024",
            "rsa:1025",
            "rsa:2047",
            "rsa:2048",
            "rsa:3072",
            "rsa:4096",
            "ec:P-256",
            "ec:P-384",
            "ec:P-521",
            "ed25519");

    @TempDir
    private static Path folder;

    private static OpenSsl openSsl;
    private static final Map<CryptoChoice, CryptoProvider> CRYPTO = new ConcurrentHashMap<>();

    @BeforeAll
    static void makeKeys() {
        openSsl = new OpenSsl(folder);
        for (String kind : KINDS) {
            openSsl.key(kind, file(kind) + ".key");
            openSsl.run("pkey", "-in", file(kind) + ".key", "-pubout", "-out", file(kind) + ".pub");
        }
    }

    private static String file(String kind) {
        return kind.replace(':', '-');
    }

    private static ServedKey key(String kind, CryptoChoice choice) {
        CryptoProvider crypto = CRYPTO.computeIfAbsent(choice, CryptoProvider::open);
        KeyStoreSource.Contents contents = FileKeySource.file(folder.resolve(file(kind) + ".key"), crypto, false)
                .load();
        assertEquals(List.of(), contents.problems());
        return contents.keys().getFirst();
    }

    static Stream<Arguments> keysAndProviders() {
        return KINDS.stream()
                .flatMap(kind ->
                        Stream.of(CryptoChoice.ACCP, CryptoChoice.JDK).map(crypto -> Arguments.of(kind, crypto)));
    }

    @ParameterizedTest
    @MethodSource("keysAndProviders")
    void signsWhatOpensslVerifies(String kind, CryptoChoice choice) throws Exception {
        ServedKey key = key(kind, choice);

        int verified = 0;
        for (Opcode opcode : key.info().opcodes()) {
            if (opcode == Opcode.RSA_DECRYPT) continue;
            byte[] payload = payload(opcode);
            byte[] signature = key.perform(opcode, payload);
            assertTrue(opensslVerifies(kind, opcode, payload, signature), opcode + " by openssl");
            payload[0] ^= 1;
            assertFalse(opensslVerifies(kind, opcode, payload, signature), opcode + " over something else");
            verified++;
        }

        assertEquals(signingOpcodes(kind), verified);
    }

    /** The smallest moduli have no room for PSS with SHA-512. */
    private static int signingOpcodes(String kind) {
        return switch (kind) {
            case "ed25519" -> 1;
            case "ec:P-256", "ec:P-384", "ec:P-521" -> 6;
            case "rsa:1024", "rsa:1025" -> 8;
            default -> 9;
        };
    }

    private static byte[] payload(Opcode opcode) {
        byte[] payload = new byte[opcode.digest().map(Digest::length).orElse(3000)];
        new Random(opcode.code()).nextBytes(payload);
        payload[0] |= (byte) 0x80;
        return payload;
    }

    private static boolean opensslVerifies(String kind, Opcode opcode, byte[] payload, byte[] signature) {
        openSsl.write("payload", payload);
        openSsl.write("signature", signature);
        List<String> command = new ArrayList<>(List.of("pkeyutl", "-pubin", "-inkey", file(kind) + ".pub"));
        command.addAll(
                switch (opcode.scheme()) {
                    case RSA_PKCS1 ->
                        opcode == Opcode.RSA_SIGN_MD5SHA1
                                ? List.of("-pkeyopt", "rsa_padding_mode:pkcs1")
                                : List.of("-pkeyopt", "rsa_padding_mode:pkcs1", "-pkeyopt", digest(opcode));
                    case RSA_PSS ->
                        List.of(
                                "-pkeyopt",
                                "rsa_padding_mode:pss",
                                "-pkeyopt",
                                "rsa_pss_saltlen:digest",
                                "-pkeyopt",
                                digest(opcode));
                    case ED25519 -> List.of("-rawin");
                    default -> List.of();
                });
        command.addAll(List.of("-verify", "-in", "payload", "-sigfile", "signature"));
        return openSsl.accepts(command.toArray(String[]::new));
    }

    private static String digest(Opcode opcode) {
        return "digest:"
                + opcode.digest().orElseThrow().jcaName().replace("-", "").toLowerCase(Locale.ROOT);
    }

    static Stream<Arguments> rsaKeysAndProviders() {
        return keysAndProviders()
                .filter(arguments -> arguments.get()[0].toString().startsWith("rsa"));
    }

    @ParameterizedTest
    @MethodSource("rsaKeysAndProviders")
    void decryptsWithEveryLeadingZeroKept(String kind, CryptoChoice choice) throws Exception {
        ServedKey key = key(kind, choice);
        RSAPublicKey half = (RSAPublicKey) key.info().publicKey();
        int length = (half.getModulus().bitLength() + 7) / 8;
        Random random = new Random(7);

        for (int zeros = 0; zeros < 12; zeros++) {
            BigInteger block = new BigInteger(8 * (length - 1 - zeros), random);
            byte[] ciphertext = fixed(block.modPow(half.getPublicExponent(), half.getModulus()), length);
            assertArrayEquals(fixed(block, length), key.perform(Opcode.RSA_DECRYPT, ciphertext));
        }
        assertArrayEquals(new byte[length], key.perform(Opcode.RSA_DECRYPT, new byte[length]));
    }

    @ParameterizedTest
    @MethodSource("rsaKeysAndProviders")
    void leavesThePaddingOfACiphertextOn(String kind, CryptoChoice choice) throws Exception {
        ServedKey key = key(kind, choice);
        byte[] secret = new byte[48];
        new Random(1).nextBytes(secret);
        openSsl.write("secret", secret);
        openSsl.run(
                "pkeyutl", "-encrypt", "-pubin", "-inkey", file(kind) + ".pub", "-in", "secret", "-out", "ciphertext");

        byte[] block = key.perform(Opcode.RSA_DECRYPT, openSsl.bytes("ciphertext"));

        int length = openSsl.bytes("ciphertext").length;
        assertEquals(length, block.length);
        assertArrayEquals(new byte[] {0, 2}, Arrays.copyOf(block, 2));
        assertEquals(0, block[length - 49]);
        assertArrayEquals(secret, Arrays.copyOfRange(block, length - 48, length));
    }

    @ParameterizedTest
    @MethodSource("rsaKeysAndProviders")
    void takesAShortCiphertextAsTheNumberItIs(String kind, CryptoChoice choice) throws Exception {
        ServedKey key = key(kind, choice);
        byte[] five = {5};

        byte[] block = key.perform(Opcode.RSA_DECRYPT, five);

        RSAPublicKey half = (RSAPublicKey) key.info().publicKey();
        assertEquals(
                BigInteger.valueOf(5), new BigInteger(1, block).modPow(half.getPublicExponent(), half.getModulus()));
        assertEquals((half.getModulus().bitLength() + 7) / 8, block.length);
    }

    @ParameterizedTest
    @MethodSource("rsaKeysAndProviders")
    void refusesACiphertextThatIsNoNumberBelowTheModulusAndGoesOn(String kind, CryptoChoice choice) throws Exception {
        ServedKey key = key(kind, choice);
        RSAPublicKey half = (RSAPublicKey) key.info().publicKey();
        int length = (half.getModulus().bitLength() + 7) / 8;
        byte[] ones = new byte[length];
        Arrays.fill(ones, (byte) 0xFF);

        for (byte[] refused : List.of(fixed(half.getModulus(), length), ones, new byte[length + 1], new byte[65_000])) {
            assertThrows(GeneralSecurityException.class, () -> key.perform(Opcode.RSA_DECRYPT, refused));
            assertEquals(length, key.perform(Opcode.RSA_DECRYPT, new byte[length]).length);
        }
    }

    @ParameterizedTest
    @MethodSource("keysAndProviders")
    void refusesWhatIsNotForItsKind(String kind, CryptoChoice choice) {
        ServedKey key = key(kind, choice);

        for (Opcode opcode : Opcode.values()) {
            if (!key.info().opcodes().contains(opcode)) {
                assertThrows(GeneralSecurityException.class, () -> key.perform(opcode, payload(opcode)), opcode.name());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("keysAndProviders")
    void refusesADigestOfAnotherLength(String kind, CryptoChoice choice) {
        ServedKey key = key(kind, choice);

        for (Opcode opcode : key.info().opcodes()) {
            if (opcode.digest().isEmpty()) continue;
            byte[] longer = Arrays.copyOf(payload(opcode), payload(opcode).length + 1);
            assertThrows(GeneralSecurityException.class, () -> key.perform(opcode, longer), opcode.name());
            assertThrows(GeneralSecurityException.class, () -> key.perform(opcode, new byte[0]), opcode.name());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ACCP", "JDK"})
    void signsTheSameEd25519MessageTheSameWayOfEveryLength(CryptoChoice choice) throws Exception {
        ServedKey key = key("ed25519", choice);
        ServedKey other = key("ed25519", choice == CryptoChoice.ACCP ? CryptoChoice.JDK : CryptoChoice.ACCP);

        for (int length : new int[] {0, 1, 130, 2048, 65_532}) {
            byte[] message = new byte[length];
            assertArrayEquals(other.perform(Opcode.ED25519_SIGN, message), key.perform(Opcode.ED25519_SIGN, message));
        }
    }

    @Test
    void doesNotRepeatAPssSalt() throws Exception {
        ServedKey key = key("rsa:2048", CryptoChoice.ACCP);
        byte[] digest = payload(Opcode.RSA_PSS_SIGN_SHA256);

        byte[] first = key.perform(Opcode.RSA_PSS_SIGN_SHA256, digest);

        assertFalse(Arrays.equals(first, key.perform(Opcode.RSA_PSS_SIGN_SHA256, digest)));
    }

    @Test
    void isCheapWhereASignatureCostsLessThanAHandOver() {
        assertTrue(key("ec:P-256", CryptoChoice.ACCP).cheap());
        assertTrue(key("ed25519", CryptoChoice.ACCP).cheap());
        assertTrue(key("ed25519", CryptoChoice.ACCP).cheap(2048));
        assertFalse(key("ed25519", CryptoChoice.ACCP).cheap(2049));
        for (String kind : List.of("rsa:2048", "ec:P-384", "ec:P-521")) {
            assertFalse(key(kind, CryptoChoice.ACCP).cheap(), kind);
        }
    }

    @ParameterizedTest
    @MethodSource("keysAndProviders")
    void isNeverCheapWithTheJdksOwn(String kind, CryptoChoice choice) {
        ServedKey key = key(kind, choice);

        if (choice == CryptoChoice.JDK) assertFalse(key.cheap() || key.cheap(0), kind);
    }

    @ParameterizedTest
    @EnumSource(names = {"ACCP", "JDK"})
    void keepsKeysApartOnManyThreads(CryptoChoice choice) throws Exception {
        List<String> kinds = List.of("rsa:1024", "rsa:2048", "ec:P-256", "ec:P-384", "ed25519");
        List<ServedKey> keys = kinds.stream().map(kind -> key(kind, choice)).toList();
        List<Callable<Boolean>> jobs = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            ServedKey key = keys.get(i % keys.size());
            jobs.add(() -> KeyCheck.signs(key, Optional.empty()));
        }

        try (var threads = Executors.newFixedThreadPool(8)) {
            for (Future<Boolean> job : threads.invokeAll(jobs)) assertTrue(job.get());
        }
    }

    @Test
    void tellsNothingOfTheKeyInItsText() {
        ServedKey key = key("ec:P-256", CryptoChoice.ACCP);

        assertEquals(key.info().ski() + " (EC P-256, " + folder.resolve("ec-P-256.key") + ")", key.toString());
    }

    private static byte[] fixed(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[length];
        int used = Math.min(bytes.length, length);
        System.arraycopy(bytes, bytes.length - used, fixed, length - used, used);
        return fixed;
    }
}
