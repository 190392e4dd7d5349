package dev.keyless.keyserver.signing;

import dev.keyless.keyserver.keys.ServedKey;
import dev.keyless.protocol.Frame;
import dev.keyless.protocol.Opcode;

/** What is to be done with a request. */
public sealed interface Decision {

    /** Nothing more: this is the answer. */
    record Settled(Outcome outcome) implements Decision {}

    /** One operation with this key, then the answer. Everything about the request has been checked. */
    record Perform(ServedKey key, Opcode opcode, Frame request) implements Decision {

        /** Whether it costs less than handing it to another thread, and never blocks. */
        public boolean cheap() {
            return key.cheap(request.payload().length);
        }

        /** Blocks for as long as the key takes. Never throws: what goes wrong is a refusal. */
        public Outcome outcome() {
            return Operations.perform(key, opcode, request);
        }
    }
}
