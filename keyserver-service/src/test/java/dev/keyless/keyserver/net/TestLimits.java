package dev.keyless.keyserver.net;

import java.time.Duration;

/** Limits that no test runs into by accident; each test tightens the one that it is about. */
record TestLimits(
        int connections,
        int connectionsPerAddress,
        int pendingPerConnection,
        int pending,
        Duration handshakeTimeout,
        Duration idleTimeout,
        Duration readStall,
        Duration writeStall)
        implements LimitsConfig {

    static final Duration LONG = Duration.ofMinutes(5);
    static final Duration SHORT = Duration.ofMillis(200);

    static TestLimits generous() {
        return new TestLimits(1000, 1000, 64, 8192, LONG, LONG, LONG, LONG);
    }

    TestLimits withConnections(int inAll, int perAddress) {
        return new TestLimits(
                inAll, perAddress, pendingPerConnection, pending, handshakeTimeout, idleTimeout, readStall, writeStall);
    }

    TestLimits withPending(int perConnection, int inAll) {
        return new TestLimits(
                connections,
                connectionsPerAddress,
                perConnection,
                inAll,
                handshakeTimeout,
                idleTimeout,
                readStall,
                writeStall);
    }

    TestLimits withShortHandshake() {
        return new TestLimits(
                connections,
                connectionsPerAddress,
                pendingPerConnection,
                pending,
                SHORT,
                idleTimeout,
                readStall,
                writeStall);
    }

    TestLimits withShortIdle() {
        return new TestLimits(
                connections,
                connectionsPerAddress,
                pendingPerConnection,
                pending,
                handshakeTimeout,
                SHORT,
                readStall,
                writeStall);
    }

    TestLimits withShortReadStall() {
        return new TestLimits(
                connections,
                connectionsPerAddress,
                pendingPerConnection,
                pending,
                handshakeTimeout,
                idleTimeout,
                SHORT,
                writeStall);
    }

    TestLimits withShortWriteStall() {
        return new TestLimits(
                connections,
                connectionsPerAddress,
                pendingPerConnection,
                pending,
                handshakeTimeout,
                idleTimeout,
                readStall,
                SHORT);
    }
}
