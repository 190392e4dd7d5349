package dev.keyless.client;

import dev.keyless.protocol.Frame;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Sends requests to whichever of several key servers can answer. */
public final class KeylessClient implements AutoCloseable {

    private KeylessClient() {}

    /** Begins to connect to all servers; requests may be made at once. */
    public static KeylessClient create(Vertx vertx, ClientOptions options) {
        throw new UnsupportedOperationException("comes with the next commit: " + options);
    }

    /** Completes with the payload of the answer, or fails with a {@link KeylessException}. */
    public CompletionStage<byte[]> perform(Frame request) {
        throw new UnsupportedOperationException("comes with the next commit: " + request);
    }

    /** How long a ping to this server, one of the configured ones, takes there and back. */
    public CompletionStage<Duration> ping(ServerAddress server) {
        throw new UnsupportedOperationException("comes with the next commit: " + server);
    }

    /** One entry per server, in the configured order. */
    public List<ServerHealth> health() {
        return List.of();
    }

    /** Takes no new requests, waits for those under way, at most their deadline, then closes the connections. */
    public CompletionStage<Void> shutdown() {
        throw new UnsupportedOperationException("comes with the next commit");
    }

    /** Closes at once; everything unanswered fails with {@link UnavailableException}. Does not block. */
    @Override
    public void close() {}
}
