package dev.keyless.sandbox.edge;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;

/**
 * Where an edge listens, where it gets the pages from, and its bounds.
 *
 * @param listen for visitors; port 0 takes a free one
 * @param management for metrics and status, plain HTTP; port 0 takes a free one. Keep it away from visitors
 * @param origin {@code http://host:port}, what the pages come from
 * @param maxConnections of visitors at the same time; further ones are closed at once
 * @param handshakeTimeout from the connection to the end of the TLS handshake, the key server's time included
 * @param idleTimeout after which a connection without traffic is closed
 * @param originTimeout without a byte from the origin, after which a request fails
 * @param maxOriginConnections per processor core; further requests wait
 */
public record EdgeOptions(
        InetSocketAddress listen,
        InetSocketAddress management,
        URI origin,
        int maxConnections,
        Duration handshakeTimeout,
        Duration idleTimeout,
        Duration originTimeout,
        int maxOriginConnections) {

    public EdgeOptions {
        if (!"http".equals(origin.getScheme()) || origin.getHost() == null) {
            throw new IllegalArgumentException("expected an origin as http://HOST:PORT, got " + origin);
        }
        requirePositive("maxConnections", maxConnections);
        requirePositive("maxOriginConnections", maxOriginConnections);
        requirePositive("handshakeTimeout in ms", handshakeTimeout.toMillis());
        requirePositive("idleTimeout in ms", idleTimeout.toMillis());
        requirePositive("originTimeout in ms", originTimeout.toMillis());
    }

    /** Free ports of the loopback interface, and bounds that fit a small machine. */
    public static EdgeOptions of(URI origin) {
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return new EdgeOptions(
                free, free, origin, 10_000, Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(30), 64);
    }

    public EdgeOptions withListen(InetSocketAddress address) {
        return new EdgeOptions(
                address,
                management,
                origin,
                maxConnections,
                handshakeTimeout,
                idleTimeout,
                originTimeout,
                maxOriginConnections);
    }

    public EdgeOptions withManagement(InetSocketAddress address) {
        return new EdgeOptions(
                listen,
                address,
                origin,
                maxConnections,
                handshakeTimeout,
                idleTimeout,
                originTimeout,
                maxOriginConnections);
    }

    public EdgeOptions withMaxConnections(int most) {
        return new EdgeOptions(
                listen, management, origin, most, handshakeTimeout, idleTimeout, originTimeout, maxOriginConnections);
    }

    public EdgeOptions withHandshakeTimeout(Duration timeout) {
        return new EdgeOptions(
                listen, management, origin, maxConnections, timeout, idleTimeout, originTimeout, maxOriginConnections);
    }

    public EdgeOptions withOriginTimeout(Duration timeout) {
        return new EdgeOptions(
                listen,
                management,
                origin,
                maxConnections,
                handshakeTimeout,
                idleTimeout,
                timeout,
                maxOriginConnections);
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) throw new IllegalArgumentException(name + " must be at least 1, got " + value);
    }
}
