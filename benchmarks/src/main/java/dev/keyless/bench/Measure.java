package dev.keyless.bench;

import java.util.Locale;

/** What can be measured, by the names that {@code --only} takes, in the order in which it is done. */
enum Measure {
    /** The private-key operation alone, in this process. */
    FLOOR(true),
    PING(true),
    ECDSA(true),
    RSA(true),
    /** One request at a time. */
    LATENCY(true),
    /** ECDSA, one request at a time, while other connections flood with RSA. */
    MIXED(true),
    /** Memory while connections send without waiting. */
    FLOOD(true),
    /** Everything at once that clients can do wrong, and an honest one. */
    HOSTILE(true),
    /** Memory of connections that do nothing. */
    IDLE(true),
    /** From the start of the process to the first answer. */
    START(false),
    /** One core against two. */
    CORES(false);

    private final boolean ofAnyServer;

    Measure(boolean ofAnyServer) {
        this.ofAnyServer = ofAnyServer;
    }

    /** Whether it needs nothing but an address to connect to. */
    boolean ofAnyServer() {
        return ofAnyServer;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
