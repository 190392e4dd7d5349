package dev.keyless.client;

import dev.keyless.protocol.Frame;

/** A request that a connection has taken on. Belongs to the connection's event loop once it has arrived there. */
final class Pending {

    final Frame request;
    final ReplyHandler handler;

    /** On {@link System#nanoTime()}'s scale. */
    final long expiresAt;

    /** Whether it holds one of the places that {@link ClientOptions#maxInFlight()} counts; our own pings do not. */
    final boolean counted;

    int id;
    long takenAt;
    boolean expired;

    Pending(Frame request, ReplyHandler handler, long expiresAt, boolean counted) {
        this.request = request;
        this.handler = handler;
        this.expiresAt = expiresAt;
        this.counted = counted;
    }
}
