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

    private long partialSince;

    Inbox(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** Takes over the buffer. */
    void add(ByteBuf more) {
        unread = join(unread, more);
    }

    private ByteBuf join(ByteBuf rest, ByteBuf more) {
        if (!rest.isReadable()) {
            rest.release();
            return more;
        }
        ByteBuf joined = rest;
        if (rest.writableBytes() < more.readableBytes()) {
            joined = allocator
                    .directBuffer(rest.readableBytes() + more.readableBytes())
                    .writeBytes(rest);
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
        if (!(decoded instanceof NeedMore)) partialSince = 0;
        else if (partialSince == 0) partialSince = System.nanoTime();
        return decoded;
    }

    boolean isEmpty() {
        return !unread.isReadable();
    }

    int size() {
        return unread.readableBytes();
    }

    /** Gives back what is held beyond what is used: a read's buffer is larger than what is left of it. */
    void shrink() {
        if (isEmpty()) {
            unread.release();
            unread = Unpooled.EMPTY_BUFFER;
        } else if (unread.capacity() > 2 * unread.readableBytes()) {
            ByteBuf fitting = allocator.directBuffer(unread.readableBytes()).writeBytes(unread);
            unread.release();
            unread = fitting;
        }
    }

    /** The memory that is held, in bytes. */
    int capacity() {
        return unread.capacity();
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
