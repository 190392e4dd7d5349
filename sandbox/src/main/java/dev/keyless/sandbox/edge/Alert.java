package dev.keyless.sandbox.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** What the edge says before it closes a handshake (RFC 8446, section 6). */
enum Alert {
    UNEXPECTED_MESSAGE(10),
    DECODE_ERROR(50),
    INTERNAL_ERROR(80),
    UNRECOGNIZED_NAME(112);

    private static final int FATAL = 2;

    private final int code;

    Alert(int code) {
        this.code = code;
    }

    /** As an unprotected record: right as long as the edge has not sent a ServerHello. */
    ByteBuf record() {
        return Unpooled.wrappedBuffer(new byte[] {21, 3, 3, 0, 2, FATAL, (byte) code});
    }
}
