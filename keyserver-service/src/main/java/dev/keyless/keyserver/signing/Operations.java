package dev.keyless.keyserver.signing;

import dev.keyless.keyserver.keys.ServedKey;
import dev.keyless.protocol.ErrorCode;
import dev.keyless.protocol.Frame;
import dev.keyless.protocol.Opcode;
import java.security.GeneralSecurityException;

/** The one place where a key is used. */
final class Operations {

    private Operations() {}

    static Outcome perform(ServedKey key, Opcode opcode, Frame request) {
        try {
            return new Outcome.Answered(Frame.response(request.id(), key.perform(opcode, request.payload())));
        } catch (GeneralSecurityException e) {
            return new Outcome.Refused(
                    ErrorCode.CRYPTO, "the key refused: " + e.getClass().getSimpleName());
        } catch (RuntimeException | Error e) { // whatever it is, the peer gets its answer
            return new Outcome.Failed(e);
        }
    }
}
