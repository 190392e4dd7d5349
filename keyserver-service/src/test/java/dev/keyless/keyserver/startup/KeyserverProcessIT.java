package dev.keyless.keyserver.startup;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged server as its own process, with real certificates from openssl. */
class KeyserverProcessIT {

    private static final Path APPLICATION =
            Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath();
    private static final Pattern ADDRESS = Pattern.compile("Listening on: http://\\S+:(\\d+)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void makeFiles() throws Exception {
        selfSigned("server");
        selfSigned("client-ca");
        Files.createDirectory(directory.resolve("keys"));
        openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "keys/site.key");
        Files.writeString(directory.resolve("gokeyless.conf.yaml"), """
                auth_cert: server.pem
                auth_key: server-key.pem
                cloudflare_ca_cert: client-ca.pem
                private_key_stores:
                - dir: keys
                port: 0
                metrics_port: 0
                pid_file: keyserver.pid
                zone_id: 0123456789
                """);
    }

    @AfterEach
    void endProcesses() throws InterruptedException {
        for (Process process : processes) process.destroyForcibly().waitFor();
    }

    private void selfSigned(String name) throws Exception {
        openssl(
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-keyout",
                name + "-key.pem",
                "-out",
                name + ".pem");
    }

    private void openssl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("openssl.txt").toFile())
                .start();
        processes.add(process);
        assertTrue(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), Files.readString(directory.resolve("openssl.txt")));
    }

    private Process start(Optional<String> file, String... flags) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", APPLICATION.toString()));
        command.addAll(List.of(flags));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(directory.resolve("out.txt").toFile())
                .redirectError(directory.resolve("err.txt").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("KEYLESS_") || name.startsWith("KEYSERVER_"));
        file.ifPresent(f -> builder.environment().put("KEYLESS_CONFIG_FILE", f));
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private String written(String file) throws IOException {
        return Files.readString(directory.resolve(file));
    }

    private int ended(Process process) throws InterruptedException {
        assertTrue(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), "still running");
        return process.exitValue();
    }

    @Test
    void comesUpWithNothingButTheNameOfGokeylesssFile() throws Exception {
        Process server = start(Optional.of("gokeyless.conf.yaml"));

        await().atMost(PATIENCE).until(() -> {
            assertTrue(server.isAlive(), () -> "ended early");
            return ADDRESS.matcher(written("out.txt")).find();
        });
        Matcher address = ADDRESS.matcher(written("out.txt"));
        assertTrue(address.find());
        URI health = URI.create("http://127.0.0.1:" + address.group(1) + "/q/health/live");
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(health).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
            assertEquals(200, answer.statusCode(), answer.body());
        }
        assertEquals(server.pid() + "\n", written("keyserver.pid"));
        assertTrue(written("out.txt").contains("zone_id has no effect"), written("out.txt"));

        server.destroy();

        ended(server);
        assertFalse(Files.exists(directory.resolve("keyserver.pid")));
    }

    @Test
    void saysAllThatIsWrongAndStartsNothing() throws Exception {
        Files.writeString(directory.resolve("bad.yaml"), "port: twelve\nauth_cert: gone.pem\napi_token: topsecret\n");

        Process server = start(Optional.of("bad.yaml"));

        assertEquals(1, ended(server));
        String report = written("err.txt");
        assertTrue(report.contains("not started, 3 problems"), report);
        assertTrue(report.contains("bad.yaml, line 1, port: found \"twelve\""), report);
        assertTrue(report.contains("bad.yaml, line 2, auth_cert"), report);
        assertTrue(report.contains("keyless_cacert.pem"), report);
        assertFalse(report.contains("topsecret"), report);
        assertEquals("", written("out.txt"));
    }

    @Test
    void exitsWithTwoIfItDoesNotUnderstandTheCommandLine() throws Exception {
        assertEquals(2, ended(start(Optional.of("gokeyless.conf.yaml"), "--prot", "1")));
        assertTrue(written("err.txt").contains("Did you mean --port?"), written("err.txt"));
    }

    @Test
    void checksTheConfigurationWithoutStarting() throws Exception {
        assertEquals(0, ended(start(Optional.empty(), "-c", "gokeyless.conf.yaml", "--config-only")));
        assertTrue(written("out.txt").contains("all right"));
        assertFalse(Files.exists(directory.resolve("keyserver.pid")));
    }

    @Test
    void printsVersionAndHelp() throws Exception {
        assertEquals(0, ended(start(Optional.empty(), "--version")));
        assertTrue(written("out.txt").matches("keyserver \\d\\S*, Java 25\\S*\n"), written("out.txt"));
        assertEquals(0, ended(start(Optional.empty(), "-h")));
        assertTrue(written("out.txt").contains("--config-file FILE"));
    }

    @Test
    void listsTheKeysWithoutStarting() throws Exception {
        assertEquals(0, ended(start(Optional.of("gokeyless.conf.yaml"), "-d")));
        assertTrue(written("out.txt").contains("EC P-256"), written("out.txt"));
        assertTrue(written("out.txt").contains("site.key"), written("out.txt"));

        Files.writeString(directory.resolve("keys/bad.key"), "no key");

        assertEquals(1, ended(start(Optional.of("gokeyless.conf.yaml"), "-d")));
        assertTrue(written("out.txt").contains("bad.key"), written("out.txt"));
    }
}
