package dev.keyless.protocol;

import static dev.keyless.protocol.Bytes.bytes;
import static dev.keyless.protocol.Bytes.concat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 8 of the protocol reference: the binary form, else the text form, else nothing. */
class SpanContextTest {

    private static final String IDS = "0123456789abcdef fedcba9876543210 00000000000000aa 00000000000000bb 09";

    private static SpanContext withBaggage(Map<String, String> baggage) {
        return new SpanContext(0x0123456789abcdefL, 0xfedcba9876543210L, 0xaa, 0xbb, 9, baggage);
    }

    // --- binary -------------------------------------------------------------------------------

    @Test
    void readsAndWritesThe37BytesWithoutBaggage() {
        byte[] data = bytes(IDS + " 00000000");

        assertEquals(37, data.length);
        assertEquals(Optional.of(withBaggage(Map.of())), SpanContext.parse(data));
        assertArrayEquals(data, withBaggage(Map.of()).encode());
    }

    @Test
    void readsAndWritesBaggageInItsOrder() {
        byte[] data =
                bytes(IDS + " 00000003 | 00000001 7a 00000002 c3bc | 00000001 61 00000000 | 00000000 00000001 78");
        Map<String, String> baggage = new LinkedHashMap<>();
        baggage.put("z", "\u00fc");
        baggage.put("a", "");
        baggage.put("", "x");

        assertEquals(Optional.of(withBaggage(baggage)), SpanContext.parse(data));
        assertArrayEquals(data, withBaggage(baggage).encode());
    }

    @Test
    void ignoresWhatComesAfterTheBinaryForm() {
        assertEquals(Optional.of(withBaggage(Map.of())), SpanContext.parse(bytes(IDS + " 00000000 ff*9")));
    }

    @Test
    void isNothingWhereverTheBinaryFormIsCut() {
        byte[] data = bytes(IDS + " 00000002 | 00000001 6b 00000002 7676 | 00000001 6c 00000001 77");

        for (int length = 0; length < data.length; length++) {
            assertEquals(Optional.empty(), SpanContext.parse(Arrays.copyOf(data, length)), "cut at " + length);
        }
    }

    @ParameterizedTest(name = "{0} items")
    @ValueSource(strings = {"000000b5", "7fffffff", "80000000", "ffffffff"})
    void refusesMoreThan180OrFewerThanNoItems(String count) {
        assertEquals(Optional.empty(), SpanContext.parse(bytes(IDS + " " + count + " 00*2000")));
    }

    @Test
    void takes180Items() {
        ByteBuffer data = ByteBuffer.allocate(37 + 180 * 10).put(bytes(IDS + " 000000b4"));
        for (int i = 0; i < 180; i++) {
            data.putInt(2).put((byte) ('0' + i / 16)).put((byte) ('a' + i % 16)).putInt(0);
        }

        assertEquals(
                180, SpanContext.parse(data.array()).orElseThrow().baggage().size());
    }

    @ParameterizedTest(name = "key of {0}, value of {1}: {2}")
    @CsvSource({"4096, 0, true", "0, 4096, true", "1, 4095, true", "4097, 0, false", "1, 4096, false", "0, 4097, false"
    })
    void takes4096BytesOfKeyAndValueTogether(int key, int value, boolean accepted) {
        byte[] data = bytes(IDS + " 00000001 %08x %s %08x %s".formatted(key, "6b*" + key, value, "76*" + value));

        assertEquals(accepted, SpanContext.parse(data).isPresent());
    }

    @ParameterizedTest(name = "length {0}")
    @ValueSource(strings = {"ffffffff", "80000000", "7fffffff", "00000009"})
    void refusesABaggageLengthThatIsNegativeOrBeyondTheEnd(String length) {
        assertEquals(Optional.empty(), SpanContext.parse(bytes(IDS + " 00000001 " + length + " 00*8")));
        assertEquals(Optional.empty(), SpanContext.parse(bytes(IDS + " 00000001 00000000 " + length + " 00*8")));
    }

    @Test
    void refusesBaggageThatIsNotUtf8() {
        assertEquals(Optional.empty(), SpanContext.parse(bytes(IDS + " 00000001 00000001 ff 00000000")));
        assertEquals(Optional.empty(), SpanContext.parse(bytes(IDS + " 00000001 00001000 ff*4096 00000000")));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"00*16 00000000000000aa 00*8 01 00000000", "0123456789abcdef 00*8 00*8 00*8 01 00000000", "00*37"
            })
    void aTraceOrSpanIdOfZeroMeansThatThereIsNoTrace(String hex) {
        assertEquals(Optional.empty(), SpanContext.parse(bytes(hex)));
    }

    // --- text ---------------------------------------------------------------------------------

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "1:2:0:1,                                                                  0, 1, 2, 0, 1",
        "1:2:3:0,                                                                  0, 1, 2, 3, 0",
        "00000000000000ff:ABC:abc:255,                                             0, ff, abc, abc, 255",
        "10000000000000000:2:0:3,                                                  1, 0, 2, 0, 3",
        "0123456789abcdeffedcba9876543210:ffffffffffffffff:8000000000000000:001,"
                + " 0123456789abcdef, fedcba9876543210, ffffffffffffffff, 8000000000000000, 1",
    })
    void readsTheTextForm(String text, String high, String low, String span, String parent, int flags) {
        SpanContext expected = new SpanContext(hex(high), hex(low), hex(span), hex(parent), flags, Map.of());

        assertEquals(Optional.of(expected), parse(text));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "1:2:0",
                "1:2:0:1:1",
                ":2:0:1",
                "1::0:1",
                "1:2::1",
                "1:2:0:",
                "x:2:0:1",
                "1:x:0:1",
                "1:2:x:1",
                "1:2:0:x",
                "1:2:0:256",
                "1:2:0:999",
                "1:2:0:-1",
                "1:2:0:+1",
                "1:2:0:f",
                "+1:2:0:1",
                "-1:2:0:1",
                "1:+2:0:1",
                "1:2:-0:1",
                "100000000000000000000000000000000:2:0:1",
                "1:00000000000000002:0:1",
                "1:2:00000000000000000:1",
                "0:2:0:1",
                "1:0:0:1",
                " 1:2:0:1",
                "1:2:0:1\n",
                "1%3A2%3A0%3A1",
                "::::",
                ":",
                "hello"
            })
    void anythingElseIsNothing(String text) {
        assertEquals(Optional.empty(), parse(text));
    }

    @Test
    void noBytesAreNothing() {
        assertEquals(Optional.empty(), SpanContext.parse(new byte[0]));
    }

    @Test
    void digitsOfOtherAlphabetsAreNoDigits() {
        byte[] arabic = "\u0661:2:0:1".getBytes(StandardCharsets.UTF_8);

        assertEquals(Optional.empty(), SpanContext.parse(arabic));
        assertEquals(
                Optional.empty(), SpanContext.parse(concat("1:2:0:".getBytes(StandardCharsets.US_ASCII), bytes("b1"))));
    }

    @Test
    void aLongTextIsRefusedQuickly() {
        assertEquals(Optional.empty(), parse("0".repeat(65_000)));
        assertEquals(Optional.empty(), parse("1:".repeat(32_000)));
    }

    // --- the record ---------------------------------------------------------------------------

    @ParameterizedTest(name = "flags {0}")
    @CsvSource({"0, false", "1, true", "2, false", "3, true", "8, false", "9, true", "255, true"})
    void isSampledByTheLowestFlag(int flags, boolean sampled) {
        assertEquals(sampled, new SpanContext(0, 1, 2, 0, flags, Map.of()).sampled());
    }

    @Test
    void spellsTheTraceIdAsW3cDoes() {
        assertEquals("0123456789abcdeffedcba9876543210", withBaggage(Map.of()).traceId());
        assertEquals("0000000000000000000000000000000f", new SpanContext(0, 15, 2, 0, 0, Map.of()).traceId());
    }

    @ParameterizedTest(name = "flags {0}")
    @ValueSource(ints = {-1, 256})
    void refusesFlagsThatAreNoByte(int flags) {
        assertThrows(IllegalArgumentException.class, () -> new SpanContext(0, 1, 2, 0, flags, Map.of()));
    }

    @Test
    void refusesBaggageThatNoPeerWouldRead() {
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 181; i++) many.put("k" + i, "v");
        Map<String, String> twoBytesEach = Map.of("k", "\u00fc".repeat(2048));

        assertThrows(IllegalArgumentException.class, () -> withBaggage(many));
        assertThrows(IllegalArgumentException.class, () -> withBaggage(twoBytesEach));
    }

    @Test
    void isNotChangedThroughTheMapItCameFrom() {
        Map<String, String> baggage = new HashMap<>(Map.of("k", "v"));
        SpanContext span = withBaggage(baggage);

        baggage.clear();

        assertEquals(Map.of("k", "v"), span.baggage());
        assertThrows(UnsupportedOperationException.class, () -> span.baggage().clear());
    }

    private static Optional<SpanContext> parse(String text) {
        return SpanContext.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static long hex(String digits) {
        return Long.parseUnsignedLong(digits, 16);
    }
}
