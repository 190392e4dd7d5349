package dev.keyless.sandbox.edge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command of the machine, as people use it against an edge: curl, openssl. */
final class Tool {

    private static final int SECONDS = 30;

    private Tool() {}

    /** What a command left behind; both outputs as text. */
    record Result(int exit, String out, String err) {}

    static Result run(List<String> command) throws IOException, InterruptedException {
        return run(command, new byte[0]);
    }

    /** Runs a command to its end with this as its whole input. */
    static Result run(List<String> command, byte[] input) throws IOException, InterruptedException {
        return start(command, input).await();
    }

    static Running start(List<String> command, byte[] input) throws IOException {
        Path in = Files.createTempFile("tool", ".in");
        Path out = Files.createTempFile("tool", ".out");
        Path err = Files.createTempFile("tool", ".err");
        Files.write(in, input);
        Process process = new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new Running(process, in, out, err);
    }

    /** A command that was started. */
    record Running(Process process, Path in, Path out, Path err) {

        Result await() throws IOException, InterruptedException {
            try {
                if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                    throw new IOException("still running after " + SECONDS + " s: " + Files.readString(err));
                }
                return new Result(
                        process.exitValue(),
                        Files.readString(out, StandardCharsets.ISO_8859_1),
                        Files.readString(err, StandardCharsets.ISO_8859_1));
            } finally {
                process.destroyForcibly();
                for (Path file : List.of(in, out, err)) Files.deleteIfExists(file);
            }
        }
    }
}
