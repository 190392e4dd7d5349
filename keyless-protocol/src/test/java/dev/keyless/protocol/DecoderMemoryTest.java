package dev.keyless.protocol;

import static dev.keyless.protocol.Bytes.bytes;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Nothing is allocated beyond what has arrived: what a packet announces costs nothing. */
class DecoderMemoryTest {

    /** What the result, its array of items and a violation's text may take. */
    private static final int OVERHEAD = 8_192;

    /** HotSpot's own, the one that counts allocations; looked up once, since the look-up allocates too. */
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    @Test
    void anAnnouncedBodyCostsNothingUntilItIsThere() {
        byte[] header = bytes("0100 ffff 00000001 11 0001 f1");

        assertInstanceOf(NeedMore.class, decodeWithin(256, header));
    }

    @Test
    void anItemThatSaysItIsLongCostsNothing() {
        assertInstanceOf(
                ProtocolViolation.class, decodeWithin(OVERHEAD, bytes("0100 0007 00000001 11 0001 f1 12 ffff")));
    }

    @Test
    void theLargestPacketCostsItsOwnLength() {
        byte[] packet = bytes("0100 ffff 00000001 | 11 0001 f1 | 12 fff8 5a*65528");

        assertInstanceOf(Frame.class, decodeWithin(packet.length + OVERHEAD, packet));
    }

    @Test
    void paddingAndUnknownItemsCostNothing() {
        byte[] padding = bytes("0100 ffff 00000001 | 11 0001 f1 | 20 fff8 00*65528");
        byte[] manyItems = bytes("0100 ffff 00000001 | 770000*21845");
        byte[] wrongSki = bytes("0100 ffff 00000001 | 11 0001 f1 | 04 fff8 5a*65528");

        assertInstanceOf(Frame.class, decodeWithin(OVERHEAD, padding));
        assertInstanceOf(Frame.class, decodeWithin(OVERHEAD, manyItems));
        assertInstanceOf(Frame.class, decodeWithin(OVERHEAD, wrongSki));
    }

    @Test
    void baggageThatSaysItIsLongCostsNothing() {
        byte[] span = bytes("01*33 000000b4 00001000");

        assertWithin(OVERHEAD, () -> SpanContext.parse(span));
    }

    private static Decoded decodeWithin(int limit, byte[] packet) {
        assertWithin(limit, () -> FrameDecoder.decode(ByteBuffer.wrap(packet)));
        return FrameDecoder.decode(ByteBuffer.wrap(packet));
    }

    /** The least of some runs: first runs also pay for what the JVM loads and links. */
    private static void assertWithin(int limit, Supplier<?> work) {
        long least = Long.MAX_VALUE;
        for (int run = 0; run < 10; run++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            Object result = work.get();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
            assertNotNull(result);
        }
        assertTrue(least <= limit, "took " + least + " bytes, expected at most " + limit);
    }
}
