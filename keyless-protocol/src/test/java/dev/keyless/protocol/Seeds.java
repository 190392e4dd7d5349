package dev.keyless.protocol;

import java.util.stream.LongStream;

/**
 * Where random tests begin: three seeds that stay, and a fresh one at each run. The seed is in the test's name and in
 * its failure; {@code -Dkeyless.seed=N} runs that one only.
 */
final class Seeds {

    static final String PROPERTY = "keyless.seed";

    private Seeds() {}

    static LongStream seeds() {
        Long given = Long.getLong(PROPERTY);
        return given != null ? LongStream.of(given) : LongStream.of(1, 2, 3, System.nanoTime() & 0xFFFFFFFFL);
    }

    /** Runs a test and puts the seed in front of what it says when it fails. */
    static void with(long seed, Runnable test) {
        try {
            test.run();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("again with -D" + PROPERTY + "=" + seed + ": " + e.getMessage(), e);
        }
    }
}
