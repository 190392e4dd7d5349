package dev.keyless.keyserver.net;

import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.time.Duration;

/** Limits that no test runs into by accident; each test tightens the one that it is about. */
record TestLimits(
        int connections,
        int connectionsPerAddress,
        int pendingPerConnection,
        int pending,
        MemorySize unread,
        Duration handshakeTimeout,
        Duration idleTimeout,
        Duration readStall,
        Duration writeStall)
        implements LimitsConfig {

    static final Duration LONG = Duration.ofMinutes(5);
    static final Duration SHORT = Duration.ofMillis(200);

    static TestLimits generous() {
        return new TestLimits(1000, 1000, 64, 8192, bytes(16 << 20), LONG, LONG, LONG, LONG);
    }

    private static MemorySize bytes(long number) {
        return new MemorySize(BigInteger.valueOf(number));
    }

    TestLimits withUnread(long bytes) {
        return new TestLimits(
                connections,
                connectionsPerAddress,
                pendingPerConnection,
                pending,
                bytes(bytes),
                handshakeTimeout,
                idleTimeout,
                readStall,
                writeStall);
    }

    TestLimits withConnections(int inAll, int perAddress) {
        return new TestLimits(
                inAll,
                perAddress,
                pendingPerConnection,
                pending,
                unread,
                handshakeTimeout,
                idleTimeout,
                readStall,
                writeStall);
    }

    TestLimits withPending(int perConnection, int inAll) {
        return new TestLimits(
                connections,
                connectionsPerAddress,
                perConnection,
                inAll,
                unread,
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
                unread,
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
                unread,
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
                unread,
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
                unread,
                handshakeTimeout,
                idleTimeout,
                readStall,
                SHORT);
    }
}
