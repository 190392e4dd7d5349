package dev.keyless.keyserver.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Throttle throttle = new Throttle(() -> now, Duration.ofSeconds(10));

    @Test
    void letsOneThroughAPeriodAndTellsHowManyItLeftOut() {
        assertEquals(Optional.of(""), throttle.pass());
        assertEquals(Optional.empty(), throttle.pass());
        now = now.plusSeconds(9);
        assertEquals(Optional.empty(), throttle.pass());

        now = now.plusSeconds(1);

        assertEquals(Optional.of(" (and 2 more since the last such line)"), throttle.pass());
        now = now.plusSeconds(10);
        assertEquals(Optional.of(""), throttle.pass());
    }
}
