package dev.keyless.client;

import dev.keyless.protocol.Frame;

/** Takes what becomes of one request: exactly one of the two methods is called, once, normally on the connection's event loop. */
public interface ReplyHandler {

    /** The server answered; the answer may be a refusal. */
    void replied(Frame reply);

    /** The server did not answer: {@link DeadlineExceededException}, {@link UnavailableException}, {@link OverloadedException}. */
    void failed(KeylessException cause);
}
