package dev.keyless.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between connection attempts: drawn evenly between nothing and a bound that doubles with each failure, so that
 * many clients of a server that restarts do not come back at the same moment.
 */
record Backoff(Duration min, Duration max, RandomGenerator random) {

    /** The pause after this many failures in a row; after none, one as after the first. */
    Duration pause(int failures) {
        int doublings = Math.min(Math.max(failures, 1) - 1, 30);
        long bound = min.toMillis() << doublings;
        boolean capped = bound > max.toMillis() || bound >> doublings != min.toMillis();
        return Duration.ofMillis(random.nextLong((capped ? max.toMillis() : bound) + 1));
    }
}
