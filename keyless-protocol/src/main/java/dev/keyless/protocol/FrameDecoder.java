package dev.keyless.protocol;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads packets. Total: whatever the bytes, the result is a {@link Frame}, {@link NeedMore} or a {@link
 * ProtocolViolation}, never an exception, and nothing is allocated beyond what has arrived.
 *
 * <p>Deliberately as lenient as gokeyless where its peers may rely on it: items in any order, unknown tags, one or two
 * stray bytes at the end of a body, a SKI or digest of the wrong length (which then counts as absent).
 */
public final class FrameDecoder {

    /**
     * From this first byte on, what was read is no version of the protocol but a sign that the peer speaks something
     * else, or that the boundary between packets was lost. Version 0 never existed either: it is what padding looks like.
     */
    private static final int FIRST_IMPLAUSIBLE_MAJOR = 0x10;

    private FrameDecoder() {}

    /**
     * Takes the next packet off {@code in}, whose byte order must be big-endian (the default). The position moves past
     * the packet when the result is a frame or a violation that leaves the stream in frame; otherwise it stays.
     */
    public static Decoded decode(ByteBuffer in) {
        int available = in.remaining();
        if (available < Frame.HEADER_LENGTH) return new NeedMore(Frame.HEADER_LENGTH - available);
        int start = in.position();
        int id = in.getInt(start + 4);
        int major = in.get(start) & 0xFF;
        if (major == 0 || major >= FIRST_IMPLAUSIBLE_MAJOR) {
            String reason = "found 0x%02x where a packet's major version should be 0x01".formatted(major);
            return new ProtocolViolation(id, ErrorCode.FORMAT, reason, false);
        }
        int length = Frame.HEADER_LENGTH + (in.getShort(start + 2) & 0xFFFF);
        if (available < length) return new NeedMore(length - available);

        in.position(start + length);
        if (major != Frame.MAJOR_VERSION) {
            return new ProtocolViolation(
                    id, ErrorCode.VERSION_MISMATCH, "found major version " + major + ", expected 1", true);
        }
        return body(id, in, start + Frame.HEADER_LENGTH, start + length);
    }

    private static Decoded body(int id, ByteBuffer in, int from, int end) {
        byte[] @Nullable [] items = new byte[Tag.VALUES.length] @Nullable [];
        int seen = 0;
        int at = from;
        while (end - at >= Frame.ITEM_HEADER_LENGTH) {
            int code = in.get(at) & 0xFF;
            int length = in.getShort(at + 1) & 0xFFFF;
            at += Frame.ITEM_HEADER_LENGTH;
            if (length > end - at) {
                return malformed(id, code, "says it has " + length + " bytes, the packet has " + (end - at) + " left");
            }
            Tag tag = Tag.find(code);
            if (tag != null) {
                int bit = 1 << tag.ordinal();
                if ((seen & bit) != 0) return malformed(id, code, "occurs twice, at most one is allowed");
                seen |= bit;
                if (!tag.allows(length)) return malformed(id, code, "cannot have " + length + " bytes");
                if (tag.isMeaningful(length)) {
                    byte[] data = new byte[length];
                    in.get(at, data);
                    items[tag.ordinal()] = tag.canonical(data);
                }
            }
            at += length;
        }
        return new Frame(id, items);
    }

    private static ProtocolViolation malformed(int id, int tag, String what) {
        return new ProtocolViolation(id, ErrorCode.FORMAT, "item 0x%02x %s".formatted(tag, what), true);
    }
}
