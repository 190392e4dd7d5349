package dev.keyless.keyserver.net;

import dev.keyless.keyserver.signing.Decision;
import dev.keyless.keyserver.signing.Outcome;
import dev.keyless.protocol.ErrorCode;
import dev.keyless.protocol.Frame;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through the signing pool. The event loop makes it, a thread of the pool runs it, the event loop
 * takes the outcome; the queue in between makes the pool's writes visible.
 */
final class Exchange implements Runnable {

    private static final int BYTES_A_COUNT = 1024;

    final Frame request;
    final long readAt;
    final long decidedAt;

    /** What it counts for against the limits of pending requests: one, and one more for each KiB. */
    final int weight;

    private final Connection connection;
    private final Decision.Perform work;

    long startedAt;
    long finishedAt;
    private @Nullable Outcome outcome;

    /** Set on the event loop when the answer has gone out without waiting for the outcome. */
    private volatile boolean answered;

    Exchange(Connection connection, Decision.Perform work, long readAt, long decidedAt) {
        this.connection = connection;
        this.work = work;
        this.request = work.request();
        this.weight = 1 + request.bodyLength() / BYTES_A_COUNT;
        this.readAt = readAt;
        this.decidedAt = decidedAt;
    }

    @Override
    public void run() {
        if (!answered) {
            startedAt = System.nanoTime();
            outcome = work.outcome();
            finishedAt = System.nanoTime();
        }
        connection.finished(this);
    }

    boolean answered() {
        return answered;
    }

    void markAnswered() {
        answered = true;
    }

    Outcome outcome() {
        return outcome != null ? outcome : new Outcome.Refused(ErrorCode.INTERNAL, "there is no outcome");
    }
}
