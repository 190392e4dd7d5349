package dev.keyless.client;

import dev.keyless.protocol.Frame;
import java.util.concurrent.CompletionStage;

/**
 * One connection to one server, pipelined: up to {@link ClientOptions#maxInFlight()} requests are under way at a time and
 * answers come in any order. Made by {@link KeylessConnector}.
 */
public interface KeylessConnection extends AutoCloseable {

    /** Sends a request under an id of our own choosing; the frame's id does not matter. Completes with the raw reply. */
    CompletionStage<Frame> send(Frame request);

    /**
     * As {@link #send(Frame)} without a future. What is sent from within a handler of this connection leaves together
     * with what the other handlers of the same read send.
     */
    void send(Frame request, ReplyHandler handler);

    ServerAddress server();

    /** Requests sent and not yet answered. */
    int inFlight();

    boolean isOpen();

    /** Completes when the connection is closed, by whomever. */
    CompletionStage<Void> closed();

    /** Closes at once; what is in flight fails with {@link UnavailableException}. */
    @Override
    void close();
}
