package dev.keyless.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every frame that can be built. */
class RandomFramesTest {

    private static final String SEEDS = "dev.keyless.protocol.Seeds#seeds";
    private static final int FRAMES = 2_000;

    @ParameterizedTest(name = "seed {0}")
    @MethodSource(SEEDS)
    void comesBackAsItWasWritten(long seed) {
        RandomFrames frames = new RandomFrames(new Random(seed));

        Seeds.with(seed, () -> {
            for (int i = 0; i < FRAMES; i++) {
                Frame frame = frames.next();
                byte[] encoded = frame.encode();
                assertEquals(frame, DecoderContract.check(encoded));
                assertEquals(frame.encodedLength(), encoded.length);
                assertTrue(encoded.length >= Frame.PADDED_LENGTH);
            }
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource(SEEDS)
    void theSameFrameGivesTheSameBytes(long seed) {
        RandomFrames one = new RandomFrames(new Random(seed));
        RandomFrames other = new RandomFrames(new Random(seed));

        Seeds.with(seed, () -> {
            for (int i = 0; i < FRAMES; i++)
                assertArrayEquals(one.next().encode(), other.next().encode());
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource(SEEDS)
    void aStreamCutAnywhereGivesTheSameFramesInOrder(long seed) {
        Random random = new Random(seed);
        RandomFrames frames = new RandomFrames(random);

        Seeds.with(seed, () -> {
            List<Frame> sent = new ArrayList<>();
            for (int i = 0; i < 50; i++) sent.add(frames.next());
            ByteBuffer stream = ByteBuffer.allocate(
                    sent.stream().mapToInt(Frame::encodedLength).sum());
            for (Frame frame : sent) frame.encode(stream);

            List<Frame> received = new ArrayList<>();
            stream.flip().limit(0);
            while (received.size() < sent.size()) {
                switch (FrameDecoder.decode(stream)) {
                    case Frame frame -> received.add(frame);
                    // At most what is asked for: reading on must then get no further than this packet.
                    case NeedMore(int missing) -> stream.limit(stream.limit() + random.nextInt(1, missing + 1));
                    case ProtocolViolation violation -> throw new AssertionError(violation);
                }
            }

            assertEquals(sent, received);
            assertEquals(0, stream.remaining());
            assertEquals(stream.capacity(), stream.limit());
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource(SEEDS)
    void aSpanComesBackAsItWasWritten(long seed) {
        RandomFrames frames = new RandomFrames(new Random(seed));

        Seeds.with(seed, () -> {
            for (int i = 0; i < FRAMES; i++) {
                SpanContext span = frames.span();
                assertEquals(Optional.of(span), SpanContext.parse(span.encode()));
            }
        });
    }
}
