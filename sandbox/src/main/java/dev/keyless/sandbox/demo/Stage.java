package dev.keyless.sandbox.demo;

import dev.keyless.sandbox.origin.Origin;
import dev.keyless.sandbox.process.ChildProcess;
import dev.keyless.sandbox.process.EdgeProcess;
import dev.keyless.sandbox.process.FreePorts;
import dev.keyless.sandbox.process.KeyServerProcess;
import dev.keyless.sandbox.process.KeyServerSetup;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What the demo runs: two key servers and the edge as processes, the origin in this program. */
final class Stage implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN_PROBES = Duration.ofMillis(50);

    private final Props props;
    private final Origin origin;
    private final List<KeyServerProcess> keyServers;
    private final ChildProcess edge;
    private final int edgePort;
    private final URI edgeManagement;

    private Stage(Props props, Origin origin, List<KeyServerProcess> keyServers, List<Integer> edgePorts) {
        this.props = props;
        this.origin = origin;
        this.keyServers = keyServers;
        edgePort = edgePorts.get(0);
        edgeManagement = URI.create("http://" + LOOPBACK + ":" + edgePorts.get(1));
        write(props.edgeConfiguration(), edgeSettings());
        edge = EdgeProcess.start(props.edgeConfiguration(), edgeManagement);
    }

    /** Starts everything; if one part fails, nothing is left running. */
    static Stage start(Props props, Path application, Narrator narrator) {
        Origin origin = Origin.start();
        try {
            narrator.step("The origin, the web server behind it all, listens on " + origin.uri());
            List<KeyServerProcess> keyServers = startKeyServers(props, application, narrator);
            try {
                narrator.step("Starting the edge ...");
                return new Stage(props, origin, keyServers, FreePorts.pick(2));
            } catch (RuntimeException e) {
                keyServers.forEach(KeyServerProcess::close);
                throw e;
            }
        } catch (RuntimeException e) {
            origin.close();
            throw e;
        }
    }

    private static List<KeyServerProcess> startKeyServers(Props props, Path application, Narrator narrator) {
        List<KeyServerSetup> setups = props.keyServerFolders().stream()
                .map(folder -> new KeyServerSetup(
                        folder.getFileName().toString(),
                        folder,
                        application,
                        props.keys(),
                        folder.resolve(Props.CERTIFICATE),
                        folder.resolve(Props.KEY),
                        folder.resolve(Props.KEYLESS_CA),
                        Map.of()))
                .toList();
        narrator.step("Starting " + setups.size() + " key servers; each is a Java process of its own ...");
        List<KeyServerProcess> started = KeyServerProcess.startAll(setups);
        for (KeyServerProcess server : started) {
            narrator.step(server.process() + " has loaded the site's keys and listens on " + server.address());
        }
        return started;
    }

    private JsonObject edgeSettings() {
        return new JsonObject()
                .put("listen", LOOPBACK + ":" + edgePort)
                .put("management", LOOPBACK + ":" + edgeManagement.getPort())
                .put("origin", origin.uri().toString())
                .put(
                        "keyServers",
                        new JsonArray(keyServers.stream()
                                .map(server -> server.address().toString())
                                .toList()))
                .put(
                        "client",
                        new JsonObject()
                                .put("certificate", Props.CERTIFICATE)
                                .put("key", Props.KEY)
                                .put("ca", Props.KEYLESS_CA))
                .put(
                        "sites",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("names", new JsonArray().add(Props.HOST))
                                        .put(
                                                "certificates",
                                                new JsonArray()
                                                        .add(Props.ECDSA_CHAIN)
                                                        .add(Props.RSA_CHAIN))));
    }

    ChildProcess edge() {
        return edge;
    }

    int edgePort() {
        return edgePort;
    }

    URI edgeManagement() {
        return edgeManagement;
    }

    List<KeyServerProcess> keyServers() {
        return keyServers;
    }

    Origin origin() {
        return origin;
    }

    /** What the edge counts and sees of its key servers, as its management address tells it. */
    JsonObject edgeStatus() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(edgeManagement.resolve("/status"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return new JsonObject(
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        }
    }

    /**
     * Waits until the edge is connected to all key servers.
     *
     * @throws IllegalStateException if that takes too long
     */
    void awaitConnections() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + CONNECT_PATIENCE.toNanos();
        while (true) {
            JsonArray servers = edgeStatus().getJsonArray("keyServers");
            if (servers.stream()
                    .allMatch(server -> ((JsonObject) server).getString("state").equals("UP"))) return;
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the edge is not connected to all key servers after "
                        + CONNECT_PATIENCE.toSeconds() + " s: " + servers.encode());
            }
            Thread.sleep(BETWEEN_PROBES);
        }
    }

    /** Writes down where everything is, for people's own scripts; the README describes the form. */
    Path writeEndpoints() {
        JsonArray servers = new JsonArray();
        for (KeyServerProcess server : keyServers) {
            servers.add(new JsonObject()
                    .put("name", server.process().name())
                    .put("address", server.address().toString())
                    .put("metrics", server.management().resolve("/metrics").toString())
                    .put("ready", server.readiness().toString())
                    .put("pid", server.process().pid())
                    .put("running", server.process().isAlive())
                    .put("configuration", server.configuration().toString())
                    .put("log", server.process().log().toString()));
        }
        JsonObject endpoints = new JsonObject()
                .put("pid", ProcessHandle.current().pid())
                .put(
                        "site",
                        new JsonObject()
                                .put("host", Props.HOST)
                                .put("url", url())
                                .put("ca", props.siteCa().toString())
                                .put(
                                        "skis",
                                        new JsonObject()
                                                .put("rsa", props.rsa().ski().hex())
                                                .put(
                                                        "ecdsa",
                                                        props.ecdsa().ski().hex())))
                .put(
                        "edge",
                        new JsonObject()
                                .put("address", LOOPBACK + ":" + edgePort)
                                .put(
                                        "metrics",
                                        edgeManagement.resolve("/metrics").toString())
                                .put("status", edgeManagement.resolve("/status").toString())
                                .put("pid", edge.pid())
                                .put("configuration", props.edgeConfiguration().toString())
                                .put("log", edge.log().toString()))
                .put("keyServers", servers)
                .put(
                        "keyless",
                        new JsonObject()
                                .put(
                                        "ca",
                                        props.edgeFolder()
                                                .resolve(Props.KEYLESS_CA)
                                                .toString())
                                .put(
                                        "clientCertificate",
                                        props.edgeFolder()
                                                .resolve(Props.CERTIFICATE)
                                                .toString())
                                .put(
                                        "clientKey",
                                        props.edgeFolder().resolve(Props.KEY).toString()))
                .put("origin", new JsonObject().put("url", origin.uri().toString()));
        write(props.endpoints(), endpoints);
        return props.endpoints();
    }

    String url() {
        return "https://" + Props.HOST + ":" + edgePort + "/";
    }

    @Override
    public void close() {
        edge.stop();
        keyServers.forEach(KeyServerProcess::close);
        origin.close();
    }

    private static void write(Path file, JsonObject json) {
        try {
            Files.writeString(file, json.encodePrettily() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
