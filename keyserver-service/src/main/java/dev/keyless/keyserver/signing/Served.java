package dev.keyless.keyserver.signing;

import dev.keyless.keyserver.peers.Peer;
import dev.keyless.protocol.Frame;
import java.time.Duration;

/**
 * A request that has its answer. Times are in nanoseconds.
 *
 * @param peer who asked
 * @param request what for
 * @param outcome how it ended
 * @param decisionNanos checks and key lookup
 * @param waitNanos from the decision until work began; 0 where nothing waited
 * @param workNanos the private-key operation alone
 * @param totalNanos from reading the request to writing its answer
 */
public record Served(
        Peer peer,
        Frame request,
        Outcome outcome,
        long decisionNanos,
        long waitNanos,
        long workNanos,
        long totalNanos) {

    public Duration total() {
        return Duration.ofNanos(totalNanos);
    }
}
