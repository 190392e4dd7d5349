package dev.keyless.keyserver.ops;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Lets one message through a period and counts the others, so that whoever causes them cannot fill the disk. Any thread. */
final class Throttle {

    private final InstantSource clock;
    private final Duration period;
    private Instant next = Instant.MIN;
    private long suppressed;

    Throttle(InstantSource clock, Duration period) {
        this.clock = clock;
        this.period = period;
    }

    /** The end of the message, which tells how many were left out before it; empty if this one is left out too. */
    synchronized Optional<String> pass() {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            suppressed++;
            return Optional.empty();
        }
        next = now.plus(period);
        String tail = suppressed == 0 ? "" : " (and " + suppressed + " more since the last such line)";
        suppressed = 0;
        return Optional.of(tail);
    }
}
