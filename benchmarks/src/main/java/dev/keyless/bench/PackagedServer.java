package dev.keyless.bench;

import dev.keyless.client.ServerAddress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The key server that we started, as a process. */
record PackagedServer(
        Process process,
        ServerAddress address,
        int managementPort,
        ClientFiles clientFiles,
        Optional<TestedKey> ecdsa,
        Optional<TestedKey> rsa,
        Path log)
        implements RunningServer {

    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(60);
    private static final int LOG_LINES = 15;

    PackagedServer {
        Process started = process;
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
    }

    @Override
    public Optional<ProcessMeter> meter() {
        return Optional.of(new ProcessMeter(process.toHandle()));
    }

    /** @throws BenchException if it ends or does not become ready; with the end of its log */
    void awaitReady() {
        URI ready = URI.create("http://" + PackagedServers.LOOPBACK + ":" + managementPort + "/q/health/ready");
        long end = System.nanoTime() + READY_WITHIN.toNanos();
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (!answersOk(http, ready)) {
                requireAlive();
                if (System.nanoTime() - end > 0) throw new BenchException("the key server is not ready" + logEnd());
                pause();
            }
        }
    }

    /** @throws BenchException if it has ended; with the end of its log */
    void requireAlive() {
        if (!process.isAlive()) {
            throw new BenchException("the key server ended with status " + process.exitValue() + logEnd());
        }
    }

    private static boolean answersOk(HttpClient http, URI uri) {
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }

    static void pause() {
        Clients.sleep(Duration.ofMillis(2));
    }

    private String logEnd() {
        try {
            List<String> lines = Files.readAllLines(log);
            return ". The end of its log:\n  "
                    + String.join("\n  ", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException e) {
            return "";
        }
    }

    /** Asks it to stop as a process manager would, and waits for it. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(STOPPED_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) return;
            throw new BenchException(
                    "the key server did not stop within " + STOPPED_WITHIN.toSeconds() + " s" + logEnd());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
