package dev.keyless.sandbox.edge;

import io.netty.channel.EventLoop;

/** A visitor's handshake while it goes on. */
final class Handshake {

    private final Visitor visitor;
    private final EventLoop eventLoop;
    private volatile boolean signatureAsked;
    private volatile boolean signingFailed;

    Handshake(Visitor visitor, EventLoop eventLoop) {
        this.visitor = visitor;
        this.eventLoop = eventLoop;
    }

    Visitor visitor() {
        return visitor;
    }

    EventLoop eventLoop() {
        return eventLoop;
    }

    void signatureAsked() {
        signatureAsked = true;
    }

    /** A handshake that succeeded without a signature resumed a session. */
    boolean isResumption() {
        return !signatureAsked;
    }

    void signingFailed() {
        signingFailed = true;
    }

    boolean isSigningFailed() {
        return signingFailed;
    }
}
