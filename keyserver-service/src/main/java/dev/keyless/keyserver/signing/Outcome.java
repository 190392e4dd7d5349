package dev.keyless.keyserver.signing;

import dev.keyless.protocol.ErrorCode;
import dev.keyless.protocol.Frame;

/** How a request ended. Each outcome is one answer on the wire. */
public sealed interface Outcome {

    /** Served. */
    record Answered(Frame reply) implements Outcome {}

    /**
     * Not served.
     *
     * @param error what the peer is told
     * @param reason what the operator is told: no key material, no payload
     */
    record Refused(ErrorCode error, String reason) implements Outcome {}

    /**
     * Not served for a reason that is ours: a bug, or a platform that does not do what it should.
     *
     * @param cause for the operator: no key material, no payload
     */
    record Failed(Throwable cause) implements Outcome {}

    /** The packet that answers the request with this id. */
    default Frame reply(int id) {
        return switch (this) {
            case Answered(Frame reply) -> reply;
            case Refused(ErrorCode error, String _) -> Frame.error(id, error);
            case Failed _ -> Frame.error(id, ErrorCode.INTERNAL);
        };
    }

    /** What the outcome counts as in metrics and logs. */
    default ErrorCode error() {
        return switch (this) {
            case Answered _ -> ErrorCode.NONE;
            case Refused(ErrorCode error, String _) -> error;
            case Failed _ -> ErrorCode.INTERNAL;
        };
    }
}
