package dev.keyless.client;

import dev.keyless.protocol.Frame;
import dev.keyless.protocol.Opcode;
import org.jspecify.annotations.Nullable;

/** Which packets can be the reply to which request. */
final class Replies {

    private Replies() {}

    /** What is wrong with the reply, null if nothing. */
    static @Nullable String problem(Frame request, Frame reply) {
        int opcode = reply.opcode();
        if (opcode == Opcode.RESPONSE.code()) {
            if (request.opcode() == Opcode.PING.code()) return "answered a ping with a response";
            boolean empty = reply.payload().length == 0 && needsResult(request);
            return empty ? "answered without a result" : null;
        }
        if (opcode == Opcode.PONG.code()) {
            return request.opcode() == Opcode.PING.code() ? null : "answered a request with a pong";
        }
        if (opcode == Opcode.ERROR.code()) {
            int length = reply.payload().length;
            return length == 1 ? null : "answered with an error code of " + length + " bytes";
        }
        return "answered with opcode 0x%02x, which is no reply".formatted(opcode);
    }

    private static boolean needsResult(Frame request) {
        return Opcode.find(request.opcode())
                .map(opcode -> opcode.scheme().needsKey())
                .orElse(false);
    }
}
