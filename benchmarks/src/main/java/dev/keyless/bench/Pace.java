package dev.keyless.bench;

import java.time.Duration;

/**
 * How long to look.
 *
 * @param rounds how often all measures are taken, one after the other; what is reported is the median
 * @param measure length of each measure
 * @param warmUp CPU time that a new server spends on requests before the first measure, for its compiler
 */
record Pace(int rounds, Duration measure, Duration warmUp) {

    static final Pace FULL = new Pace(3, Duration.ofSeconds(8), Duration.ofSeconds(10));
    static final Pace QUICK = new Pace(1, Duration.ofSeconds(2), Duration.ofSeconds(4));

    Pace {
        if (rounds < 1 || rounds > 100) {
            throw new IllegalArgumentException("rounds must be between 1 and 100, got " + rounds);
        }
        if (measure.compareTo(Duration.ofMillis(100)) < 0 || measure.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException("a measure takes between 0.1 s and 10 minutes, got " + measure);
        }
    }
}
