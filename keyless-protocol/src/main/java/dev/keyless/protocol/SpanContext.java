package dev.keyless.protocol;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a request stands in a trace, as Jaeger's clients write it.
 *
 * @param traceIdHigh the upper half of the 128-bit trace id, 0 for a 64-bit one
 * @param traceIdLow the lower half
 * @param spanId the caller's span
 * @param parentSpanId the caller's parent, 0 for none
 * @param flags bit 0 sampled, bit 1 debug, bit 3 firehose
 * @param baggage carried along with the trace: at most 180 items, key and value together at most 4096 bytes of UTF-8
 */
public record SpanContext(
        long traceIdHigh, long traceIdLow, long spanId, long parentSpanId, int flags, Map<String, String> baggage) {

    private static final int SAMPLED = 0x01;
    private static final int MAX_FLAGS = 0xFF;

    /** Bounds of jaeger-client-go's {@code propagation.go}. */
    private static final int MAX_BAGGAGE_ITEMS = 180;

    private static final int MAX_BAGGAGE_ITEM_LENGTH = 4096;

    private static final Pattern TEXT_FORM =
            Pattern.compile("(\\p{XDigit}{1,32}):(\\p{XDigit}{1,16}):(\\p{XDigit}{1,16}):([0-9]{1,3})");

    /** @throws IllegalArgumentException if the binary form has no room for the flags or the baggage */
    public SpanContext {
        if (flags < 0 || flags > MAX_FLAGS) {
            throw new IllegalArgumentException("flags are one byte, 0 to 255, got " + flags);
        }
        if (baggage.size() > MAX_BAGGAGE_ITEMS) {
            throw new IllegalArgumentException(
                    "baggage has at most " + MAX_BAGGAGE_ITEMS + " items, got " + baggage.size());
        }
        baggage.forEach((key, value) -> {
            int length = utf8(key).length + utf8(value).length;
            if (length > MAX_BAGGAGE_ITEM_LENGTH) {
                throw new IllegalArgumentException("key and value of a baggage item have at most "
                        + MAX_BAGGAGE_ITEM_LENGTH + " bytes, got " + length);
            }
        });
        // Not Map.copyOf, whose order changes from one JVM to the next: the same context is to give the same bytes.
        baggage = Collections.unmodifiableMap(new LinkedHashMap<>(baggage));
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
                baggage.put(text(key), text(value));
            }
            return valid(high, low, span, parent, flags, baggage);
        } catch (BufferUnderflowException | CharacterCodingException e) {
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

    /** Lengths and digits as jaeger-client-go's {@code span_context.go} takes them: no signs, flags of one byte. */
    private static Optional<SpanContext> parseText(String text) {
        Matcher parts = TEXT_FORM.matcher(text);
        if (!parts.matches()) return Optional.empty();
        int flags = Integer.parseInt(parts.group(4));
        if (flags > MAX_FLAGS) return Optional.empty();
        String trace = parts.group(1);
        int split = Math.max(0, trace.length() - 16);
        return valid(
                split == 0 ? 0 : HexFormat.fromHexDigitsToLong(trace, 0, split),
                HexFormat.fromHexDigitsToLong(trace, split, trace.length()),
                HexFormat.fromHexDigitsToLong(parts.group(2)),
                HexFormat.fromHexDigitsToLong(parts.group(3)),
                flags,
                Map.of());
    }

    /** Strict: replacement characters would be longer than what they stand for, and so could break the bounds. */
    private static String text(byte[] utf8) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
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
