package dev.keyless.keyserver.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The openssl command in a folder: what makes keys and verifies signatures independently of us. */
public record OpenSsl(Path folder) {

    /** Runs openssl, which must succeed; file names are relative to the folder. */
    public String run(String... arguments) {
        Result result = execute(arguments);
        if (result.status != 0) {
            throw new AssertionError("openssl " + String.join(" ", arguments) + ":\n" + result.output);
        }
        return result.output;
    }

    /** Whether openssl succeeds. */
    public boolean accepts(String... arguments) {
        return execute(arguments).status == 0;
    }

    public Path path(String name) {
        return folder.resolve(name);
    }

    public byte[] bytes(String name) {
        try {
            return Files.readAllBytes(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void write(String name, byte[] bytes) {
        try {
            Files.write(path(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void write(String name, String text) {
        write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A key in PKCS#8 PEM, readable by its owner alone: {@code rsa:2048}, {@code ec:P-256}, {@code ed25519}. */
    public Path key(String kind, String name) {
        String[] parts = kind.split(":");
        switch (parts[0]) {
            case "rsa" ->
                run("genpkey", "-quiet", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:" + parts[1], "-out", name);
            case "ec" ->
                run(
                        "genpkey",
                        "-algorithm",
                        "EC",
                        "-pkeyopt",
                        "ec_paramgen_curve:" + parts[1],
                        "-pkeyopt",
                        "ec_param_enc:named_curve",
                        "-out",
                        name);
            default -> run("genpkey", "-algorithm", parts[0], "-out", name);
        }
        return path(name);
    }

    /** A self-signed certificate of a key. */
    public Path certificate(String key, String alternativeNames, String name) {
        run(
                "req",
                "-x509",
                "-key",
                key,
                "-subj",
                "/CN=test",
                "-addext",
                "subjectAltName=" + alternativeNames,
                "-out",
                name);
        return path(name);
    }

    private record Result(int status, String output) {}

    private Result execute(String... arguments) {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("openssl does not end");
            }
            return new Result(process.exitValue(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
