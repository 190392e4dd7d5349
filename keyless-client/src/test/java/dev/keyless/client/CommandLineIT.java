package dev.keyless.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.keyless.client.cli.ClientCommand;
import dev.keyless.protocol.ErrorCode;
import dev.keyless.protocol.Opcode;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as a process of its own, so that what it prints is all that a person sees. */
class CommandLineIT {

    private static Lab lab;

    @TempDir
    private static Path folder;

    private record Result(int code, String out, String err) {}

    @BeforeAll
    static void open() throws IOException {
        lab = new Lab();
        TestPki.Identity own = lab.pki.issue("client");
        Files.write(folder.resolve("ca"), lab.pki.caPem());
        Files.write(folder.resolve("cert"), own.certificatePem());
        Files.write(folder.resolve("key"), own.keyPem());
    }

    @AfterEach
    void tidy() {
        lab.tidy();
    }

    @AfterAll
    static void close() {
        lab.close();
    }

    @Test
    void pingsEachServerAndSaysWhichDoesNotAnswer() throws Exception {
        TestPeer peer = lab.peer();
        TestPeer stopped = lab.peer();
        String servers = peer.address() + "," + stopped.address();
        stopped.close();

        Result result = run("ping", "--server", servers);

        assertTrue(result.out().matches(peer.address() + ": [0-9.]+ ms\\R"), result.toString());
        assertTrue(result.err().contains(stopped.address() + ": "), result.toString());
        assertTrue(result.err().contains("refused"), result.toString());
        assertEquals(1, result.err().lines().count(), result.toString());
        assertEquals(1, result.code());
    }

    @Test
    void signsAMessageAndPrintsNothingElse() throws Exception {
        TestPeer peer = lab.peer();
        Path message = Files.writeString(folder.resolve("message"), "abc");

        Result result = run(
                "sign",
                "--server",
                peer.address().toString(),
                "--ski",
                Lab.SKI.hex(),
                "--opcode",
                "SHA256withECDSA",
                "--message",
                message.toString());

        byte[] digest = RemoteSigner.toBeSigned(Opcode.ECDSA_SIGN_SHA256, "abc".getBytes(StandardCharsets.US_ASCII));
        assertEquals(
                HexFormat.of().formatHex(TestPeer.signed(digest)), result.out().strip(), result.toString());
        assertEquals("", result.err());
        assertEquals(0, result.code());
    }

    @Test
    void writesTheSignatureToAFile() throws Exception {
        TestPeer peer = lab.peer();
        Path file = folder.resolve("signature");

        Result result = run(
                "sign",
                "--server",
                peer.address().toString(),
                "--ski",
                Lab.SKI.hex(),
                "--opcode",
                "ed25519-sign",
                "--in",
                "0102",
                "--out",
                file.toString());

        assertEquals(0, result.code(), result.toString());
        assertEquals("", result.out());
        assertArrayEquals(TestPeer.signed(new byte[] {1, 2}), Files.readAllBytes(file));
    }

    @Test
    void saysThatTheServerRefused() throws Exception {
        TestPeer peer = lab.peer(new Fault.Refuse(ErrorCode.KEY_NOT_FOUND));

        Result result = run(
                "sign",
                "--server",
                peer.address().toString(),
                "--ski",
                Lab.SKI.hex(),
                "--opcode",
                "ED25519_SIGN",
                "--in",
                "00");

        assertTrue(result.err().startsWith("sign: " + peer.address() + " refused: key not found"), result.toString());
        assertEquals(3, result.code());
    }

    private static Result run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--"))
                .forEach(command::add);
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")); // a short life
        command.addAll(List.of("-cp", classPathOfUsers(), ClientCommand.class.getName()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--ca", folder.resolve("ca").toString()));
        command.addAll(List.of("--cert", folder.resolve("cert").toString()));
        command.addAll(List.of("--key", folder.resolve("key").toString(), "--timeout", "50"));
        File out = Files.createTempFile(folder, "out", "").toFile();
        File err = Files.createTempFile(folder, "err", "").toFile();
        Process process = new ProcessBuilder(command)
                .redirectOutput(out)
                .redirectError(err)
                .start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the command goes on and on");
            return new Result(process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
        } finally {
            process.destroyForcibly();
        }
    }

    /** Users have no SLF4J, which comes with a test library and would have its say on standard error. */
    private static String classPathOfUsers() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("slf4j"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
