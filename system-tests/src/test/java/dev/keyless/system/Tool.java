package dev.keyless.system;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs a command of somebody else's and takes what it says. */
final class Tool {

    private static final int PATIENCE_SECONDS = 60;

    private Tool() {}

    record Result(int exit, String output) {
        boolean ok() {
            return exit == 0;
        }
    }

    static Result run(String... command) throws IOException, InterruptedException {
        return run(new byte[0], List.of(command));
    }

    /** Output and errors in one, in the order in which they come. */
    static Result run(byte[] input, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
        try (var to = process.getOutputStream()) {
            to.write(input);
        } catch (IOException e) {
            // it has ended without reading: its output tells why
        }
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("not done after " + PATIENCE_SECONDS + " s: " + command);
        }
        return new Result(process.exitValue(), output.join());
    }

    private static String read(InputStream in) {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "(its output cannot be read: " + e.getMessage() + ")";
        }
    }
}
