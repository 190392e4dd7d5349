package dev.keyless.sandbox.edge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.keyless.client.ServerHealth;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Plain HTTP for whoever runs the edge: {@code /metrics} for Prometheus, {@code /status} as JSON. */
final class ManagementServer implements AutoCloseable {

    private static final int BACKLOG = 16;

    private final HttpServer server;
    private final EdgeMetrics metrics;
    private final Supplier<List<Site>> sites;
    private final Supplier<List<ServerHealth>> keyServers;

    ManagementServer(
            InetSocketAddress address,
            EdgeMetrics metrics,
            Supplier<List<Site>> sites,
            Supplier<List<ServerHealth>> keyServers) {
        this.metrics = metrics;
        this.sites = sites;
        this.keyServers = keyServers;
        try {
            server = HttpServer.create(address, BACKLOG);
        } catch (IOException e) {
            throw new IllegalStateException("cannot listen on " + address + " for management: " + e.getMessage(), e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestURI().getPath()) {
                case "/metrics" ->
                    send(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", metrics.toPrometheus());
                case "/status" -> send(exchange, 200, "application/json", status().encodePrettily() + "\n");
                default -> send(exchange, 404, "text/plain", "Here are /metrics and /status.\n");
            }
        }
    }

    private JsonObject status() {
        return metrics.toJson()
                .put(
                        "keyServers",
                        new JsonArray(keyServers.get().stream()
                                .map(ManagementServer::json)
                                .toList()))
                .put(
                        "sites",
                        new JsonArray(
                                sites.get().stream().map(ManagementServer::json).toList()));
    }

    private static JsonObject json(ServerHealth server) {
        return new JsonObject()
                .put("address", server.server().toString())
                .put("state", server.state().name())
                .put("connections", server.connections())
                .put("inFlight", server.inFlight())
                .put(
                        "roundTripSeconds",
                        server.roundTrip().map(ManagementServer::seconds).orElse(null))
                .put("lastFailure", server.lastFailure().orElse(null));
    }

    private static Double seconds(Duration duration) {
        return duration.toNanos() / (double) Duration.ofSeconds(1).toNanos();
    }

    private static JsonObject json(Site site) {
        return new JsonObject()
                .put("names", new JsonArray(site.names().stream().sorted().toList()))
                .put(
                        "certificates",
                        new JsonArray(site.certificates().stream()
                                .map(certificate -> new JsonObject()
                                        .put(
                                                "key",
                                                CertificateKind.of(certificate
                                                                .certificate()
                                                                .getPublicKey())
                                                        .name())
                                        .put("ski", certificate.ski().hex())
                                        .put(
                                                "notAfter",
                                                certificate
                                                        .certificate()
                                                        .getNotAfter()
                                                        .toInstant()
                                                        .toString()))
                                .toList()));
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
