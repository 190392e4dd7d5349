package dev.keyless.bench;

import dev.keyless.bench.PackagedServers.Cores;
import dev.keyless.client.KeylessConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** How long it takes from the start of the process to the first signature. */
final class StartTimes {

    private static final Duration WITHIN = Duration.ofSeconds(60);
    private static final int TRAINING_REQUESTS = 100;

    private final PackagedServers launcher;
    private final Path cache;

    private StartTimes(PackagedServers launcher, Path cache) {
        this.launcher = launcher;
        this.cache = cache;
    }

    /** Lets a server serve a little, so that the JVM can keep what it has loaded and linked for the next start. */
    static StartTimes withTrainedCache(PackagedServers launcher) {
        Path cache = launcher.folder().resolve("app.aot");
        try (PackagedServer server = launcher.spawn(Cores.ANY, List.of("-XX:AOTCacheOutput=" + cache))) {
            server.awaitReady();
            try (Clients clients = Clients.of(server, 1)) {
                KeylessConnection connection = clients.connect(1).getFirst();
                for (TestedKey key : server.keys()) {
                    for (int i = 0; i < TRAINING_REQUESTS; i++) Clients.ask(connection, key.request());
                }
            }
        }
        if (!Files.isRegularFile(cache)) throw new BenchException("the JVM has written no AOT cache when it ended");
        return new StartTimes(launcher, cache);
    }

    /**
     * @param elapsed on the clock
     * @param cpu of the server, on all cores together; stands a busy machine better
     */
    record Start(Duration elapsed, Duration cpu) {}

    Start plain() {
        return time(List.of());
    }

    Start cached() {
        return time(List.of("-XX:AOTCache=" + cache));
    }

    private Start time(List<String> jvmOptions) {
        long start = System.nanoTime();
        try (PackagedServer server = launcher.spawn(Cores.ANY, jvmOptions);
                Clients clients = Clients.of(server, 1)) {
            awaitListening(server, start);
            TestedKey key = server.ecdsa().orElseThrow();
            key.requireSigned(Clients.ask(clients.connect(1).getFirst(), key.request()));
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            return new Start(elapsed, server.meter().orElseThrow().cpu());
        }
    }

    private static void awaitListening(PackagedServer server, long start) {
        InetSocketAddress address =
                new InetSocketAddress(server.address().host(), server.address().port());
        while (!accepts(address)) {
            server.requireAlive();
            if (System.nanoTime() - start > WITHIN.toNanos()) {
                throw new BenchException("the key server does not listen within " + WITHIN.toSeconds() + " s");
            }
            PackagedServer.pause();
        }
    }

    private static boolean accepts(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
