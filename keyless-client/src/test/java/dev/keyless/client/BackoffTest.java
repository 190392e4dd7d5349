package dev.keyless.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void drawsEvenlyBetweenNothingAndTheBound() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), new Random(1));

        long[] pauses = IntStream.range(0, 10_000)
                .mapToLong(_ -> backoff.pause(4).toMillis())
                .sorted()
                .toArray();

        assertTrue(pauses[0] < 5, "shortest: " + pauses[0]);
        assertTrue(pauses[9_999] > 795 && pauses[9_999] <= 800, "longest: " + pauses[9_999]);
        assertTrue(Math.abs(pauses[5_000] - 400) < 20, "median: " + pauses[5_000]);
    }

    @Test
    void neverExceedsTheLongestPause() {
        Backoff backoff = new Backoff(Duration.ofHours(20), Duration.ofHours(24), new Random(1));

        for (int failures : new int[] {0, 1, 2, 31, 63, 64, 1_000_000, Integer.MAX_VALUE}) {
            Duration pause = backoff.pause(failures);
            assertTrue(pause.compareTo(Duration.ofHours(24)) <= 0 && !pause.isNegative(), failures + ": " + pause);
        }
    }

    @Test
    void keepsToTheFirstBoundBeforeAnyFailure() {
        Backoff backoff = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), new Random(1));

        assertEquals(
                1,
                IntStream.range(0, 100)
                        .mapToLong(_ -> backoff.pause(0).toMillis())
                        .max()
                        .orElseThrow());
    }
}
