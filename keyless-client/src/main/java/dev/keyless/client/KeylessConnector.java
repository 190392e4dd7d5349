package dev.keyless.client;

import io.vertx.core.Vertx;
import java.util.concurrent.CompletionStage;

/**
 * Opens single connections, without failover or reconnection: what {@link KeylessClient} stands on, and what a load
 * generator uses directly.
 */
public final class KeylessConnector implements AutoCloseable {

    /** Of the options, those about TLS and about one connection count. */
    public KeylessConnector(Vertx vertx, ClientOptions options) {}

    /**
     * Connects and completes when the TLS handshake is over as seen from here; with TLS 1.3 a server that refuses our
     * certificate may still say so afterwards.
     */
    public CompletionStage<KeylessConnection> connect(ServerAddress server) {
        throw new UnsupportedOperationException("comes with the next commit: " + server);
    }

    /** Closes every connection that was opened here. */
    @Override
    public void close() {}
}
