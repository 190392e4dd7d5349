package dev.keyless.sandbox.process;

import dev.keyless.client.ServerAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The packaged key server as a process, on free ports of the loopback interface. */
public final class KeyServerProcess implements AutoCloseable {

    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final int TRIES = 3;

    private final KeyServerSetup setup;
    private final Path configuration;
    private int port;
    private int metricsPort;
    private ChildProcess process;

    private KeyServerProcess(KeyServerSetup setup) {
        this.setup = setup;
        configuration = setup.folder().resolve("gokeyless.yaml");
        process = launch();
    }

    /** Starts a key server and waits until it is ready. */
    public static KeyServerProcess start(KeyServerSetup setup) {
        return startAll(List.of(setup)).getFirst();
    }

    /** Starts several at the same time and waits until all are ready; if one fails, none is left running. */
    public static List<KeyServerProcess> startAll(List<KeyServerSetup> setups) {
        List<KeyServerProcess> started = new ArrayList<>();
        try {
            for (KeyServerSetup setup : setups) started.add(new KeyServerProcess(setup));
            started.forEach(KeyServerProcess::awaitReady);
            return List.copyOf(started);
        } catch (RuntimeException e) {
            started.forEach(KeyServerProcess::close);
            throw e;
        }
    }

    /** Starts it again after {@link #stop} or {@link #kill}, on the same ports, and waits until it is ready. */
    public void restart() {
        process = launch(port, metricsPort);
        process.awaitReady(readiness(), START_PATIENCE);
    }

    public ServerAddress address() {
        return new ServerAddress(InetAddress.getLoopbackAddress().getHostAddress(), port);
    }

    /** Base address of metrics and health. */
    public URI management() {
        return ChildProcess.http(metricsPort, "/");
    }

    public URI readiness() {
        return ChildProcess.http(metricsPort, "/q/health/ready");
    }

    /** The file that it reads its settings from. */
    public Path configuration() {
        return configuration;
    }

    public ChildProcess process() {
        return process;
    }

    /** Sends SIGTERM, and waits until it has finished what it had begun. */
    public void stop() {
        process.stop();
    }

    /** Ends it as a crash would. */
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        stop();
    }

    private void awaitReady() {
        for (int attempt = 1; ; attempt++) {
            try {
                process.awaitReady(readiness(), START_PATIENCE);
                return;
            } catch (ProcessFailure e) {
                boolean portTaken = !process.isAlive() && !(FreePorts.isFree(port) && FreePorts.isFree(metricsPort));
                process.stop();
                if (!portTaken || attempt == TRIES) throw e;
                process = launch();
            }
        }
    }

    private ChildProcess launch() {
        List<Integer> ports = FreePorts.pick(2);
        port = ports.get(0);
        metricsPort = ports.get(1);
        return launch(port, metricsPort);
    }

    private ChildProcess launch(int onPort, int onMetricsPort) {
        try {
            Files.createDirectories(setup.folder());
            Files.writeString(configuration, setup.yaml(onPort, onMetricsPort));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + configuration + ": " + e.getMessage(), e);
        }
        Map<String, String> environment = new HashMap<>(Map.of(
                "KEYLESS_CONFIG_FILE", configuration.toAbsolutePath().toString(),
                "KEYSERVER_HOST", InetAddress.getLoopbackAddress().getHostAddress(),
                "QUARKUS_HTTP_HOST", InetAddress.getLoopbackAddress().getHostAddress(),
                "KEYSERVER_DRAIN_GRACE", "0s"));
        environment.putAll(setup.environment());
        List<String> command = new ArrayList<>(ChildProcess.java());
        command.addAll(List.of("-jar", setup.application().toAbsolutePath().toString()));
        return ChildProcess.start(
                setup.name(), setup.folder(), setup.folder().resolve("keyserver.log"), environment, command);
    }
}
