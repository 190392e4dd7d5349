package dev.keyless.keyserver.net;

import dev.keyless.protocol.Decoded;
import dev.keyless.protocol.FrameDecoder;
import dev.keyless.protocol.NeedMore;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

/**
 * What a connection has brought and what has not been dealt with yet: at most one packet that is not complete and one
 * read, if whoever fills it stops in time. Belongs to one event loop.
 */
final class Inbox {

    private final ByteBufAllocator allocator;
    private ByteBuf unread = Unpooled.EMPTY_BUFFER;

    /** Of the packet that has begun to arrive, as far as it is known. */
    private int packetLength;

    private long partialSince;

    Inbox(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** Takes over the buffer. */
    void add(ByteBuf more) {
        unread = join(unread, more);
    }

    /** Copies a packet no more than once: its length is known from its header. */
    private ByteBuf join(ByteBuf rest, ByteBuf more) {
        if (!rest.isReadable()) {
            rest.release();
            return more;
        }
        ByteBuf joined = rest;
        if (rest.writableBytes() < more.readableBytes()) {
            int length = rest.readableBytes() + more.readableBytes();
            joined = allocator.directBuffer(Math.max(length, packetLength)).writeBytes(rest);
            rest.release();
        }
        joined.writeBytes(more);
        more.release();
        return joined;
    }

    /** The next packet, which is then gone from here; {@link NeedMore} if it is not complete. */
    Decoded next() {
        ByteBuffer bytes = unread.nioBuffer();
        Decoded decoded = FrameDecoder.decode(bytes);
        unread.skipBytes(bytes.position());
        if (decoded instanceof NeedMore(int missing)) {
            packetLength = unread.readableBytes() + missing;
            if (partialSince == 0) partialSince = System.nanoTime();
        } else {
            partialSince = 0;
        }
        return decoded;
    }

    boolean isEmpty() {
        return !unread.isReadable();
    }

    int size() {
        return unread.readableBytes();
    }

    /** How long a packet has been incomplete, in nanoseconds; 0 if none is. */
    long partialNanos(long now) {
        return partialSince == 0 ? 0 : now - partialSince;
    }

    /** Throws away what is left; may be called again. */
    void clear() {
        unread.release();
        unread = Unpooled.EMPTY_BUFFER;
        partialSince = 0;
    }
}
