package dev.keyless.keyserver.signing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealerTest {

    private static final byte[] TICKET = {1, 2, 3, 4, 5};

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Sealer sealer = new Sealer(() -> now, Duration.ofHours(24), new SecureRandom());

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16, 60_000})
    void opensWhatItSealed(int length) {
        byte[] content = new byte[length];
        Arrays.fill(content, (byte) 7);

        Sealer.Unsealed unsealed = sealer.unseal(sealer.seal(content));

        assertArrayEquals(
                content, assertInstanceOf(Sealer.Opened.class, unsealed).content());
    }

    @Test
    void sealsTheSameTwiceDifferently() {
        assertFalse(Arrays.equals(sealer.seal(TICKET), sealer.seal(TICKET)));
    }

    @Test
    void opensNoMoreAfterItsKeyWasReplaced() {
        byte[] sealed = sealer.seal(TICKET);

        now = now.plus(Duration.ofHours(24));

        assertInstanceOf(Sealer.Expired.class, sealer.unseal(sealed));
    }

    @Test
    void opensNothingThatWasChangedAnywhere() {
        byte[] sealed = sealer.seal(TICKET);
        for (int i = 8; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;

            assertInstanceOf(Sealer.Invalid.class, sealer.unseal(changed));
        }
    }

    @Test
    void opensNothingThatIsTooShort() {
        for (int length = 0; length < 36; length++) {
            assertInstanceOf(Sealer.Invalid.class, sealer.unseal(new byte[length]));
        }
    }

    @Test
    void opensNothingOfAnotherProcess() {
        Sealer other = new Sealer(() -> now, Duration.ofHours(24), new SecureRandom());

        assertInstanceOf(Sealer.Expired.class, sealer.unseal(other.seal(TICKET)));
    }
}
