package dev.keyless.bench;

import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * What a load has seen in a stretch of time.
 *
 * @param answered requests that got what they asked for
 * @param failed requests that were refused or not answered
 * @param problem what became of one of those
 * @param latency of the answered ones, in nanoseconds
 */
record Tally(Usage usage, long answered, long failed, Optional<String> problem, Histogram latency) {

    /** @throws BenchException if something failed: then the numbers are of something else than what was to be measured */
    Tally requireClean(String what) {
        if (answered > 0 && failed == 0) return this;
        throw new BenchException(what + ": " + answered + " requests answered, " + failed + " failed"
                + problem.map(text -> ", among them: " + text).orElse(""));
    }

    double perSecond() {
        return usage.perSecond(answered);
    }

    /** In microseconds. */
    double percentile(double percent) {
        return latency.getValueAtPercentile(percent) / 1000.0;
    }
}
