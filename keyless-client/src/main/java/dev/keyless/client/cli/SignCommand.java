package dev.keyless.client.cli;

import dev.keyless.client.RemoteSigner;
import dev.keyless.protocol.Opcode;
import dev.keyless.protocol.Ski;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "sign", description = "Has a digest or a message signed and prints the signature in hexadecimal.")
@SuppressWarnings("NullAway.Init") // picocli sets what is required
final class SignCommand implements Callable<Integer> {

    @Mixin
    private Connection connection;

    @Option(
            names = "--ski",
            required = true,
            paramLabel = "HEX",
            converter = SkiConverter.class,
            description = "Which key; 'keyless-client ski FILE' tells it from a certificate.")
    private Ski ski;

    @Option(
            names = "--opcode",
            required = true,
            paramLabel = "NAME",
            converter = OpcodeConverter.class,
            description = "The operation, for example ECDSA_SIGN_SHA256 or SHA256withECDSA.")
    private Opcode opcode;

    @ArgGroup(multiplicity = "1")
    private Input input;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the signature's bytes here; print nothing.")
    private @Nullable Path out;

    @Spec
    private CommandSpec spec;

    private static final class Input {

        @Option(
                names = "--in",
                required = true,
                paramLabel = "HEX",
                description = "The digest to sign (for Ed25519 the message).")
        private @Nullable String digest;

        @Option(
                names = "--message",
                required = true,
                paramLabel = "FILE",
                description = "The message to hash and sign.")
        private @Nullable Path message;
    }

    @Override
    public Integer call() {
        byte[] payload = payload();
        byte[] signature =
                connection.with(client -> Connection.await(new RemoteSigner(client, ski).sign(opcode, payload)));
        if (out == null) spec.commandLine().getOut().println(HexFormat.of().formatHex(signature));
        else write(out, signature);
        return ExitCode.OK;
    }

    private byte[] payload() {
        if (input.message != null) return RemoteSigner.toBeSigned(opcode, read(input.message));
        String digits = input.digest == null ? "" : input.digest;
        try {
            return RemoteSigner.requireSignable(opcode, HexFormat.of().parseHex(digits));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--in: " + e.getMessage(), e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new UncheckedIOException("there is no file " + file, e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
