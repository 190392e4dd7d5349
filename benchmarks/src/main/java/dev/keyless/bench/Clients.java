package dev.keyless.bench;

import dev.keyless.client.ClientOptions;
import dev.keyless.client.ClientTls;
import dev.keyless.client.KeylessConnection;
import dev.keyless.client.KeylessConnector;
import dev.keyless.client.ServerAddress;
import dev.keyless.protocol.Frame;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Well-behaved connections to one server, on event loops of their own. */
final class Clients implements AutoCloseable {

    /** On one connection. */
    static final int MAX_IN_FLIGHT = 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ServerAddress server;
    private final Vertx vertx;
    private final KeylessConnector connector;

    Clients(ClientTls tls, ServerAddress server, int eventLoops) {
        this.server = server;
        vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(eventLoops)
                .setPreferNativeTransport(true)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
        connector = new KeylessConnector(
                vertx,
                ClientOptions.builder(tls, server)
                        .maxInFlight(MAX_IN_FLIGHT)
                        .deadline(PATIENCE)
                        .connectTimeout(PATIENCE)
                        .build());
    }

    static Clients of(RunningServer server, int eventLoops) {
        ClientFiles files = server.clientFiles();
        return new Clients(ClientTls.ofPem(files.ca(), files.certificate(), files.key()), server.address(), eventLoops);
    }

    /** @throws BenchException if one cannot be opened */
    List<KeylessConnection> connect(int count) {
        List<CompletionStage<KeylessConnection>> opening = new ArrayList<>();
        for (int i = 0; i < count; i++) opening.add(connector.connect(server));
        return opening.stream().map(one -> await(one, "connect")).toList();
    }

    /** @throws BenchException if there is no answer */
    static Frame ask(KeylessConnection connection, Frame request) {
        return await(connection.send(request), "an answer");
    }

    static <T> T await(CompletionStage<T> stage, String what) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        try {
            return future.get(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new BenchException(what + ": " + cause.getMessage(), cause);
        } catch (TimeoutException e) {
            throw new BenchException(what + ": nothing within " + 2 * PATIENCE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }

    static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }

    /** Closes all connections and ends the event loops. */
    @Override
    public void close() {
        connector.close();
        await(vertx.close().toCompletionStage(), "closing the clients");
    }
}
