package dev.keyless.sandbox.edge;

import dev.keyless.client.KeylessClient;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Runs an edge from a configuration file until it is told to stop. {@link EdgeConfiguration} describes the file. */
public final class EdgeMain {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    private EdgeMain() {}

    /** @param arguments the configuration file */
    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("edge: expected one argument, the configuration file");
            System.exit(2);
        }
        try {
            run(EdgeConfiguration.read(Path.of(arguments[0])));
        } catch (RuntimeException e) {
            System.err.println("edge: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void run(EdgeConfiguration configuration) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        KeylessClient client = KeylessClient.create(vertx, configuration.keyServers());
        List<Site> sites = configuration.sites(client);
        Edge edge = Edge.start(vertx, configuration.options(), sites, client::health);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(edge, client, vertx), "stop edge"));
        System.out.println("edge: serving at https://" + text(edge.address()) + ", status and metrics at http://"
                + text(edge.managementAddress()));
    }

    private static void stop(Edge edge, KeylessClient client, Vertx vertx) {
        edge.close();
        client.close();
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(STOP_PATIENCE.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)
                .join();
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
