package dev.keyless.sandbox.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A running process that ends when this program does. If this program stops in order, a shutdown hook ends it; if it is
 * killed, a small watcher notices that the other end of a pipe has gone.
 */
public final class ChildProcess implements AutoCloseable {

    /**
     * Watches the pipe that is standard input in the background, and becomes the command in the foreground, so that the
     * process id is the command's own. The pipe ends when this program ends, or right after the command has ended.
     */
    private static final String WATCHED = """
            exec 3<&0
            {
                read -r _ <&3
                kill -TERM $$ || exit 0
                for _ in 1 2 3 4 5 6 7 8 9 10; do sleep 1; kill -0 $$ || exit 0; done
                kill -KILL $$
            } >/dev/null 2>&1 &
            exec 3<&-
            exec "$@" </dev/null
            """;

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(15);
    private static final Duration BETWEEN_PROBES = Duration.ofMillis(50);
    private static final int MOST_TAIL_BYTES = 16 * 1024;

    private final String name;
    private final Process process;
    private final Path log;
    private final Thread atExit;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        atExit = new Thread(this::end, "stop " + name);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Starts a command in a folder; what it prints goes to the log file, which is replaced.
     *
     * @param environment on top of this program's own
     */
    public static ChildProcess start(
            String name, Path folder, Path log, Map<String, String> environment, List<String> command) {
        List<String> watched = new ArrayList<>(List.of("sh", "-c", WATCHED, name));
        watched.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(watched)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        // Settings that are meant for somebody else's key server would reach this one.
        builder.environment().keySet().removeIf(key -> key.matches("(KEYLESS|KEYSERVER|QUARKUS)_.*"));
        builder.environment().putAll(environment);
        try {
            return new ChildProcess(name, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name + ": " + e.getMessage(), e);
        }
    }

    /** The beginning of a command that runs Java with the same JDK as this program. */
    static List<String> java() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-Xms16m",
                "-Xmx256m");
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public Path log() {
        return log;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Waits until a GET of this address answers 200.
     *
     * @throws ProcessFailure if the process ends before, or does not get there in time; with the end of its log
     */
    public void awaitReady(URI address, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build()) {
            HttpRequest probe = HttpRequest.newBuilder(address)
                    .timeout(Duration.ofSeconds(2))
                    .build();
            while (!isReady(client, probe)) {
                if (!process.isAlive()) throw failure("ended with exit code " + process.exitValue());
                if (System.nanoTime() > deadline) throw failure("is not ready after " + patience.toSeconds() + " s");
                Thread.sleep(BETWEEN_PROBES);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("was not waited for");
        }
    }

    private static boolean isReady(HttpClient client, HttpRequest probe) throws InterruptedException {
        try {
            return client.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Sends SIGTERM and waits; kills it if that takes too long. */
    public void stop() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The hook runs already.
        }
    }

    /** Sends SIGKILL, as a crash would end it, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd(STOP_PATIENCE);
    }

    @Override
    public void close() {
        stop();
    }

    /** The last lines that it printed. */
    public String logTail(int lines) {
        try {
            byte[] bytes = Files.readAllBytes(log);
            int from = Math.max(0, bytes.length - MOST_TAIL_BYTES);
            List<String> all = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            return "(cannot read " + log + ")";
        }
    }

    private void end() {
        process.destroy();
        if (!awaitEnd(STOP_PATIENCE)) process.destroyForcibly();
    }

    private boolean awaitEnd(Duration patience) {
        try {
            return process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private ProcessFailure failure(String what) {
        return new ProcessFailure(name + " " + what + ". The end of " + log + ":\n" + logTail(20));
    }

    /** Name and process id. */
    @Override
    public String toString() {
        return name + " (process " + process.pid() + ")";
    }

    static URI http(int port, String path) {
        return URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + port + path);
    }
}
