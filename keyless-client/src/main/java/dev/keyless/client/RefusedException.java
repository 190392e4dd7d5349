package dev.keyless.client;

import dev.keyless.protocol.ErrorCode;
import java.util.Optional;

/**
 * A server answered that it will not do it. Asking again would bring the same answer; {@link KeylessClient} has already
 * asked the other servers where those may know better.
 */
public final class RefusedException extends KeylessException {

    private final int code;
    private final ServerAddress server;

    RefusedException(int code, ServerAddress server) {
        super(
                "%s refused: %s (0x%02x)"
                        .formatted(
                                server,
                                ErrorCode.find(code).map(ErrorCode::text).orElse("unknown error"),
                                code),
                null);
        this.code = code;
        this.server = server;
    }

    /** The reason; empty if the code is one that this library does not know. */
    public Optional<ErrorCode> errorCode() {
        return ErrorCode.find(code);
    }

    /** The reason as the byte on the wire, 0 to 255. */
    public int code() {
        return code;
    }

    public ServerAddress server() {
        return server;
    }
}
