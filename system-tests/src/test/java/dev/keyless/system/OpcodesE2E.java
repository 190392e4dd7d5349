package dev.keyless.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.keyless.protocol.Digest;
import dev.keyless.protocol.Frame;
import dev.keyless.protocol.Opcode;
import dev.keyless.protocol.Scheme;
import dev.keyless.sandbox.pki.Identity;
import dev.keyless.sandbox.pki.KeyKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation of the packaged server, over the wire, judged by the openssl command. */
class OpcodesE2E {

    @TempDir
    static Path folder;

    private static final Random RANDOM = new Random(20261124);
    private static Lab lab;

    @BeforeAll
    static void start() throws IOException {
        lab = new Lab(folder, 1);
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    static Stream<Arguments> signatures() {
        List<Arguments> all = new ArrayList<>();
        for (KeyKind kind : KeyKind.values()) {
            for (Opcode opcode : Opcode.values()) {
                if (fits(opcode.scheme(), kind)) all.add(Arguments.of(opcode, kind));
            }
        }
        return all.stream();
    }

    private static boolean fits(Scheme scheme, KeyKind kind) {
        return switch (scheme) {
            case RSA_PKCS1, RSA_PSS -> kind == KeyKind.RSA_2048 || kind == KeyKind.RSA_4096;
            case ECDSA -> kind == KeyKind.P256 || kind == KeyKind.P384 || kind == KeyKind.P521;
            case ED25519 -> kind == KeyKind.ED25519;
            case RSA_DECRYPT, SEAL, UNSEAL, RPC, CUSTOM, PING, REPLY -> false;
        };
    }

    @ParameterizedTest(name = "{0} with {1}")
    @MethodSource("signatures")
    void signsSoThatOpensslAgrees(Opcode opcode, KeyKind kind) throws Exception {
        byte[] payload = new byte[opcode.digest().map(Digest::length).orElse(100)];
        RANDOM.nextBytes(payload);

        byte[] signature = perform(opcode, kind, payload);

        Tool.Result verdict = verify(opcode, kind, payload, signature);
        assertTrue(verdict.ok(), verdict.output());
        payload[0] ^= 1;
        assertTrue(!verify(opcode, kind, payload, signature).ok(), "openssl verifies anything, it seems");
    }

    @ParameterizedTest
    @MethodSource("rsaKinds")
    void decryptsToTheWholeBlockWithItsPaddingOn(KeyKind kind) throws Exception {
        byte[] secret = "a premaster secret".getBytes(StandardCharsets.US_ASCII);
        Path plain = Files.write(folder.resolve("plain"), secret);
        Path encrypted = folder.resolve("encrypted");
        Tool.Result encryption = Tool.run(
                "openssl",
                "pkeyutl",
                "-encrypt",
                "-pubin",
                "-inkey",
                publicKey(kind).toString(),
                "-in",
                plain.toString(),
                "-out",
                encrypted.toString());
        assertTrue(encryption.ok(), encryption.output());
        byte[] ciphertext = Files.readAllBytes(encrypted);

        byte[] block = perform(Opcode.RSA_DECRYPT, kind, ciphertext);

        assertEquals(ciphertext.length, block.length);
        assertArrayEquals(new byte[] {0, 2}, Arrays.copyOf(block, 2));
        assertEquals(0, block[block.length - secret.length - 1]);
        assertArrayEquals(secret, Arrays.copyOfRange(block, block.length - secret.length, block.length));
    }

    static Stream<KeyKind> rsaKinds() {
        return Stream.of(KeyKind.RSA_2048, KeyKind.RSA_4096);
    }

    @Test
    void answersAPing() {
        lab.client.ping(lab.servers.getFirst().address()).toCompletableFuture().join();
    }

    @Test
    void countsUnderGokeylesssNames() throws Exception {
        perform(Opcode.RSA_PSS_SIGN_SHA256, KeyKind.RSA_2048, new byte[32]);

        for (String path : List.of("/metrics", "/q/metrics")) {
            String metrics = Tool.run(
                            "curl",
                            "-fsS",
                            lab.servers.getFirst().management().resolve(path).toString())
                    .output();
            assertTrue(metrics.contains("keyless_requests_total{opcode=\"OpRSAPSSSignSHA256\""), metrics);
            assertTrue(metrics.contains("keyless_request_exec_duration_per_opcode_bucket{"), metrics);
            assertTrue(metrics.contains("keyless_request_total_duration_per_opcode_sum{"), metrics);
            assertTrue(metrics.contains("certificate_expiration_timestamp_seconds{"), metrics);
        }
    }

    private static byte[] perform(Opcode opcode, KeyKind kind, byte[] payload) {
        Identity site = lab.sites.get(kind);
        return lab.client
                .perform(Frame.request(opcode)
                        .ski(site.ski())
                        .payload(payload)
                        .serverName(Lab.host(kind))
                        .build())
                .toCompletableFuture()
                .join();
    }

    private static Tool.Result verify(Opcode opcode, KeyKind kind, byte[] payload, byte[] signature)
            throws IOException, InterruptedException {
        Path in = Files.write(folder.resolve("payload"), payload);
        Path sig = Files.write(folder.resolve("signature"), signature);
        List<String> command = new ArrayList<>(List.of("openssl", "pkeyutl", "-verify", "-pubin", "-inkey"));
        command.addAll(List.of(publicKey(kind).toString(), "-in", in.toString(), "-sigfile", sig.toString()));
        switch (opcode.scheme()) {
            case RSA_PKCS1 -> command.addAll(List.of("-pkeyopt", "digest:" + opensslName(opcode)));
            case RSA_PSS -> {
                command.addAll(List.of("-pkeyopt", "rsa_padding_mode:pss", "-pkeyopt", "rsa_pss_saltlen:digest"));
                command.addAll(List.of("-pkeyopt", "digest:" + opensslName(opcode)));
            }
            case ED25519 -> command.add("-rawin");
            default -> {} // ECDSA takes the digest as it is
        }
        return Tool.run(new byte[0], command);
    }

    private static String opensslName(Opcode opcode) {
        return switch (opcode.digest().orElseThrow()) {
            case MD5_SHA1 -> "md5-sha1";
            case SHA1 -> "sha1";
            case SHA224 -> "sha224";
            case SHA256 -> "sha256";
            case SHA384 -> "sha384";
            case SHA512 -> "sha512";
        };
    }

    private static Path publicKey(KeyKind kind) throws IOException, InterruptedException {
        Path pem = folder.resolve(kind + ".pub");
        if (Files.notExists(pem)) {
            Tool.Result result = Tool.run(
                    "openssl",
                    "pkey",
                    "-in",
                    lab.keys.resolve(kind + ".key").toString(),
                    "-pubout",
                    "-out",
                    pem.toString());
            assertTrue(result.ok(), result.output());
        }
        return pem;
    }
}
