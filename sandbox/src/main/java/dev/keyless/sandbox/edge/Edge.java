package dev.keyless.sandbox.edge;

import dev.keyless.client.ServerHealth;
import io.netty.handler.ssl.OpenSsl;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A running edge. May be used from any thread but an event loop: {@link #start} and {@link #close} block. */
public final class Edge implements AutoCloseable {

    private static final int STOP_SECONDS = 10;
    private static final int MAX_HEADER_SIZE = 32 * 1024;
    private static final int MAX_REQUEST_LINE = 16 * 1024;
    private static final int ACCEPT_BACKLOG = 1024;
    private static final int MAX_STREAMS = 100;

    private final Vertx vertx;
    private final EdgeOptions options;
    private final EdgeMetrics metrics = new EdgeMetrics();
    private final AtomicInteger port = new AtomicInteger();
    private final ManagementServer management;
    private volatile Sites sites;
    private String deployment = "";

    private Edge(Vertx vertx, EdgeOptions options, List<Site> sites, Supplier<List<ServerHealth>> keyServers) {
        this.vertx = vertx;
        this.options = options;
        this.sites = new Sites(sites, metrics);
        this.management = new ManagementServer(options.management(), metrics, () -> this.sites.all(), keyServers);
    }

    /**
     * Starts an edge and waits until it listens.
     *
     * @param keyServers what {@code /status} says of them
     * @throws IllegalStateException if it cannot listen, or this machine has no BoringSSL
     */
    public static Edge start(
            Vertx vertx, EdgeOptions options, List<Site> sites, Supplier<List<ServerHealth>> keyServers) {
        OpenSsl.ensureAvailability();
        Edge edge = new Edge(vertx, options, sites, keyServers);
        try {
            edge.deployment = await(edge.deploy(), "the edge cannot listen on " + options.listen());
        } catch (RuntimeException e) {
            edge.management.close();
            throw e;
        }
        return edge;
    }

    /** Where visitors connect. */
    public InetSocketAddress address() {
        return new InetSocketAddress(options.listen().getAddress(), port.get());
    }

    /** Where {@code /metrics} and {@code /status} are. */
    public InetSocketAddress managementAddress() {
        return management.address();
    }

    public EdgeMetrics metrics() {
        return metrics;
    }

    /** From now on serves these sites; handshakes under way end with what they began with. */
    public void serve(List<Site> newSites) {
        sites = new Sites(newSites, metrics);
    }

    @Override
    public void close() {
        management.close();
        await(vertx.undeploy(deployment), "the edge does not stop");
    }

    private Future<String> deploy() {
        int loops = Runtime.getRuntime().availableProcessors();
        return vertx.deployVerticle(Loop::new, new DeploymentOptions().setInstances(loops));
    }

    /** One event loop's share of the edge. */
    private final class Loop extends AbstractVerticle {

        @Override
        public void start(Promise<Void> started) {
            HttpServer server = vertx.createHttpServer(serverOptions());
            server.requestHandler(new ReverseProxy(vertx, options, () -> sites, metrics))
                    .listen()
                    .onSuccess(listening -> port.set(listening.actualPort()))
                    .<Void>mapEmpty()
                    .onComplete(started);
        }
    }

    private HttpServerOptions serverOptions() {
        // To Vert.x, -1 is a free port that all loops share.
        int wanted = options.listen().getPort() == 0 ? -1 : options.listen().getPort();
        HttpServerOptions server = new HttpServerOptions()
                .setHost(options.listen().getAddress().getHostAddress())
                .setPort(wanted)
                .setAcceptBacklog(ACCEPT_BACKLOG)
                .setSsl(true)
                .setUseAlpn(true)
                .setSslEngineOptions(new VisitorTls(this::firstHandler))
                .setKeyCertOptions(VisitorTls.NoKeys.INSTANCE)
                .setMaxHeaderSize(MAX_HEADER_SIZE)
                .setMaxInitialLineLength(MAX_REQUEST_LINE)
                .setIdleTimeout((int) options.idleTimeout().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        server.getInitialSettings().setMaxConcurrentStreams(MAX_STREAMS).setMaxHeaderListSize(MAX_HEADER_SIZE);
        return server;
    }

    private AdmissionHandler firstHandler() {
        return new AdmissionHandler(
                metrics,
                options.maxConnections(),
                () -> new ClientHelloHandler(() -> sites, metrics, options.handshakeTimeout()));
    }

    private static <T> T await(Future<T> future, String complaint) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(complaint + ": interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(complaint + ": " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(complaint + " within " + STOP_SECONDS + " s", e);
        }
    }
}
