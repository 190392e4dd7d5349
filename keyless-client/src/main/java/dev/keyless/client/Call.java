package dev.keyless.client;

import dev.keyless.protocol.ErrorCode;
import dev.keyless.protocol.Frame;
import dev.keyless.protocol.Opcode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through the client, from server to server if need be. Somebody has it at any time: a thread that
 * looks for a connection, a connection, or the queue of those who wait; so it needs no lock.
 */
final class Call extends CompletableFuture<byte[]> implements ReplyHandler {

    final Frame request;

    /** On {@link System#nanoTime()}'s scale. */
    final long deadline;

    private final KeylessClient client;
    private final List<String> failures = new ArrayList<>(0);
    private int attempts;
    private long tried;
    private long refused;
    private @Nullable ServerAddress server;
    private @Nullable RefusedException refusal;

    Call(KeylessClient client, Frame request, long deadline) {
        this.client = client;
        this.request = request;
        this.deadline = deadline;
    }

    /** Servers that were asked before, by bit. */
    long tried() {
        return tried;
    }

    /** Servers whose answer was a refusal, by bit. */
    long refused() {
        return refused;
    }

    @Nullable
    RefusedException refusal() {
        return refusal;
    }

    void attempt(ServerAddress next) {
        attempts++;
        server = next;
        tried |= client.bit(next);
    }

    int attempts() {
        return attempts;
    }

    @Override
    public void replied(Frame reply) {
        if (reply.opcode() == Opcode.ERROR.code()) {
            refused(reply.payload()[0] & 0xFF);
        } else {
            client.left();
            complete(reply.payload());
        }
        client.placeFree();
    }

    @Override
    public void failed(KeylessException cause) {
        failures.add(cause.getMessage());
        client.again(this);
        client.placeFree();
    }

    void end(KeylessException cause) {
        client.left();
        completeExceptionally(cause);
    }

    /** What went wrong so far, for a message. */
    String history() {
        return String.join("; ", failures);
    }

    /**
     * Replicas may know different keys while new ones are rolled out, and one whose key store fails says 'internal':
     * the others may do better. Everything else would be refused by all.
     */
    private void refused(int code) {
        ServerAddress by = Objects.requireNonNull(server, "an answer before an attempt");
        RefusedException reason = new RefusedException(code, by);
        refused |= client.bit(by);
        refusal = reason;
        if (code == ErrorCode.KEY_NOT_FOUND.code() || code == ErrorCode.INTERNAL.code()) client.again(this);
        else end(reason);
    }
}
