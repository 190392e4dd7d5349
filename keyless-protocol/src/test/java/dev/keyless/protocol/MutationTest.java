package dev.keyless.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden frames, damaged at random: the decoder keeps its {@link DecoderContract} whatever it is given. */
class MutationTest {

    private static final String SEEDS = "dev.keyless.protocol.Seeds#seeds";
    private static final int INPUTS = 50_000;

    private static final List<byte[]> GOLDEN =
            GoldenFrames.ALL.stream().map(GoldenFrames.Golden::bytes).toList();

    /** Values at which lengths, versions and tags change their meaning. */
    private static final int[] EDGES = {
        0x00, 0x01, 0x02, 0x03, 0x04, 0x0F, 0x10, 0x11, 0x12, 0x14, 0x15, 0x20, 0x7F, 0x80, 0xFF
    };

    @ParameterizedTest(name = "seed {0}")
    @MethodSource(SEEDS)
    void keepsTheContractForDamagedPackets(long seed) {
        Random random = new Random(seed);

        Seeds.with(seed, () -> {
            for (int i = 0; i < INPUTS; i++) DecoderContract.check(damaged(random));
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource(SEEDS)
    void keepsTheContractForNoise(long seed) {
        Random random = new Random(seed);

        Seeds.with(seed, () -> {
            for (int i = 0; i < INPUTS; i++) {
                byte[] noise = new byte[random.nextInt(200)];
                random.nextBytes(noise);
                // Half of it begins like a short packet, or the version byte would end nearly all of it.
                if (noise.length >= 8 && random.nextBoolean()) {
                    noise[0] = 1;
                    noise[2] = 0;
                    noise[3] = (byte) random.nextInt(noise.length);
                }
                DecoderContract.check(noise);
            }
        });
    }

    private static byte[] damaged(Random random) {
        byte[] bytes = golden(random);
        for (int i = random.nextInt(1, 6); i > 0; i--) bytes = damage(bytes, random);
        // Otherwise most damage to the length would end as "need more".
        if (bytes.length >= 8 && bytes.length < 0xFFFF + 8 && random.nextBoolean()) {
            bytes[2] = (byte) ((bytes.length - 8) >> 8);
            bytes[3] = (byte) (bytes.length - 8);
        }
        return bytes;
    }

    private static byte[] damage(byte[] bytes, Random random) {
        if (bytes.length == 0) return bytes;
        // Mostly near the front, where the items are; what follows is padding.
        int at = random.nextInt(random.nextInt(4) == 0 ? bytes.length : Math.min(bytes.length, 96));
        return switch (random.nextInt(6)) {
            case 0 -> replaced(bytes, at, bytes[at] ^ 1 << random.nextInt(8));
            case 1 -> replaced(bytes, at, random.nextInt(256));
            case 2 -> replaced(bytes, at, EDGES[random.nextInt(EDGES.length)]);
            case 3 -> Arrays.copyOf(bytes, at);
            case 4 -> spliced(bytes, at, at + random.nextInt(Math.min(bytes.length - at, 64)), new byte[0]);
            default -> spliced(bytes, at, at, piece(random));
        };
    }

    /** Part of another packet, so that items meet their like. */
    private static byte[] piece(Random random) {
        byte[] other = golden(random);
        int from = random.nextInt(Math.min(other.length, 96));
        return Arrays.copyOfRange(other, from, Math.min(other.length, from + random.nextInt(64)));
    }

    private static byte[] golden(Random random) {
        return GOLDEN.get(random.nextInt(GOLDEN.size())).clone();
    }

    private static byte[] replaced(byte[] bytes, int at, int value) {
        bytes[at] = (byte) value;
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] piece) {
        return Bytes.concat(Arrays.copyOf(bytes, from), piece, Arrays.copyOfRange(bytes, to, bytes.length));
    }
}
