package dev.keyless.protocol;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a request stands in a trace, as Jaeger's clients write it.
 *
 * @param traceIdHigh the upper half of the 128-bit trace id, 0 for a 64-bit one
 * @param traceIdLow the lower half
 * @param spanId the caller's span
 * @param parentSpanId the caller's parent, 0 for none
 * @param flags bit 0 sampled, bit 1 debug, bit 3 firehose
 * @param baggage carried along with the trace
 */
public record SpanContext(
        long traceIdHigh, long traceIdLow, long spanId, long parentSpanId, int flags, Map<String, String> baggage) {

    private static final int SAMPLED = 0x01;

    /** Bounds of jaeger-client-go's {@code propagation.go}. */
    private static final int MAX_BAGGAGE_ITEMS = 180;

    private static final int MAX_BAGGAGE_ITEM_LENGTH = 4096;

    public SpanContext {
        baggage = Map.copyOf(baggage);
    }

    /** Whether the caller records this trace. */
    public boolean sampled() {
        return (flags & SAMPLED) != 0;
    }

    /** The trace id as W3C Trace Context spells it: 32 lower-case hexadecimal digits. */
    public String traceId() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(traceIdHigh) + hex.toHexDigits(traceIdLow);
    }

    /** Reads the binary form, else the text form {@code trace:span:parent:flags}; empty if it is neither. */
    static Optional<SpanContext> parse(byte[] data) {
        return parseBinary(ByteBuffer.wrap(data)).or(() -> parseText(new String(data, StandardCharsets.US_ASCII)));
    }

    /** The binary form, big-endian: trace id, span id, parent id, flags, number of baggage items, then each with its lengths. */
    byte[] encode() {
        int length = 4 * Long.BYTES + 1 + Integer.BYTES;
        for (Map.Entry<String, String> item : baggage.entrySet()) {
            length += 2 * Integer.BYTES + utf8(item.getKey()).length + utf8(item.getValue()).length;
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        out.putLong(traceIdHigh).putLong(traceIdLow).putLong(spanId).putLong(parentSpanId);
        out.put((byte) flags).putInt(baggage.size());
        baggage.forEach((key, value) -> {
            out.putInt(utf8(key).length).put(utf8(key));
            out.putInt(utf8(value).length).put(utf8(value));
        });
        return out.array();
    }

    private static Optional<SpanContext> parseBinary(ByteBuffer in) {
        try {
            long high = in.getLong();
            long low = in.getLong();
            long span = in.getLong();
            long parent = in.getLong();
            int flags = in.get() & 0xFF;
            int items = in.getInt();
            if (items < 0 || items > MAX_BAGGAGE_ITEMS) return Optional.empty();
            Map<String, String> baggage = new LinkedHashMap<>();
            for (int i = 0; i < items; i++) {
                byte[] key = block(in, MAX_BAGGAGE_ITEM_LENGTH);
                byte[] value = block(in, MAX_BAGGAGE_ITEM_LENGTH - key.length);
                baggage.put(new String(key, StandardCharsets.UTF_8), new String(value, StandardCharsets.UTF_8));
            }
            return valid(high, low, span, parent, flags, baggage);
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private static byte[] block(ByteBuffer in, int limit) {
        int length = in.getInt();
        if (length < 0 || length > limit || length > in.remaining()) throw new BufferUnderflowException();
        byte[] block = new byte[length];
        in.get(block);
        return block;
    }

    private static Optional<SpanContext> parseText(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 4 || parts[0].isEmpty() || parts[0].length() > 32) return Optional.empty();
        try {
            int split = Math.max(0, parts[0].length() - 16);
            long high = split == 0 ? 0 : Long.parseUnsignedLong(parts[0].substring(0, split), 16);
            return valid(
                    high,
                    Long.parseUnsignedLong(parts[0].substring(split), 16),
                    Long.parseUnsignedLong(parts[1], 16),
                    Long.parseUnsignedLong(parts[2], 16),
                    Integer.parseInt(parts[3]) & 0xFF,
                    Map.of());
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A trace id and a span id of zero mean that there is no trace. */
    private static Optional<SpanContext> valid(
            long high, long low, long span, long parent, int flags, Map<String, String> baggage) {
        if ((high == 0 && low == 0) || span == 0) return Optional.empty();
        return Optional.of(new SpanContext(high, low, span, parent, flags, baggage));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
