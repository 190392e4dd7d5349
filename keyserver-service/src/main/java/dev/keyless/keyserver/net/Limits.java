package dev.keyless.keyserver.net;

import java.time.Duration;

/**
 * What peers may ask of us, in the units of the hot path.
 *
 * @param connections in all
 * @param connectionsPerAddress from one address
 * @param pendingPerConnection requests of one connection that wait for the signing pool
 * @param pending requests of all connections that wait for the signing pool
 * @param unread bytes of packets that have not come to their end, of all connections
 */
record Limits(
        int connections,
        int connectionsPerAddress,
        int pendingPerConnection,
        int pending,
        long unread,
        long handshakeNanos,
        long idleNanos,
        long readStallNanos,
        long writeStallNanos,
        long deadlineNanos) {

    static Limits of(LimitsConfig config, Duration deadline) {
        return new Limits(
                config.connections(),
                config.connectionsPerAddress(),
                config.pendingPerConnection(),
                config.pending(),
                LimitsConfig.unreadBytes(config),
                config.handshakeTimeout().toNanos(),
                config.idleTimeout().toNanos(),
                config.readStall().toNanos(),
                config.writeStall().toNanos(),
                deadline.toNanos());
    }
}
