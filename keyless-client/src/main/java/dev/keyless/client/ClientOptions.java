package dev.keyless.client;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * How a client reaches its servers, and its bounds.
 *
 * @param servers all equal: requests are spread over them; 1 to 64, without duplicates
 * @param connectionsPerServer kept open to each server
 * @param maxInFlight requests on one connection that are sent and not yet answered
 * @param maxPending requests, in flight or waiting for a connection, in the whole client
 * @param deadline from the call to the answer, all attempts included; noticed at most a sixteenth of it, or 250 ms, late
 * @param attemptTimeout with several servers: how long one may take before another is asked as well
 * @param attempts how often a request is sent at most; requests are idempotent
 * @param connectTimeout for each address of a server: TCP, then the same again for TLS, then for the first ping
 * @param reconnectMin the longest pause after the first failed connection attempt
 * @param reconnectMax the longest pause at all; each pause is drawn evenly between nothing and a bound that doubles
 * @param pingInterval pause in sending after which a ping keeps the connection open; key servers close after 30 s
 */
public record ClientOptions(
        List<ServerAddress> servers,
        ClientTls tls,
        int connectionsPerServer,
        int maxInFlight,
        int maxPending,
        Duration deadline,
        Duration attemptTimeout,
        int attempts,
        Duration connectTimeout,
        Duration reconnectMin,
        Duration reconnectMax,
        Duration pingInterval) {

    static final int MAX_SERVERS = 64;
    static final int MAX_IN_FLIGHT = 1 << 15;
    private static final Duration SHORTEST_SWEEP = Duration.ofMillis(1);
    private static final Duration LONGEST_SWEEP = Duration.ofMillis(250);

    public ClientOptions {
        servers = List.copyOf(new LinkedHashSet<>(servers));
        requireBetween("servers", servers.size(), MAX_SERVERS);
        requireBetween("connectionsPerServer", connectionsPerServer, 512);
        requireBetween("maxInFlight", maxInFlight, MAX_IN_FLIGHT);
        requireBetween("maxPending", maxPending, Integer.MAX_VALUE);
        requireBetween("attempts", attempts, 100);
        requireReal("deadline", deadline);
        requireReal("attemptTimeout", attemptTimeout);
        requireReal("connectTimeout", connectTimeout);
        requireReal("reconnectMin", reconnectMin);
        requireReal("reconnectMax", reconnectMax);
        requireReal("pingInterval", pingInterval);
        if (reconnectMax.compareTo(reconnectMin) < 0) {
            throw new IllegalArgumentException(
                    "reconnectMax (" + reconnectMax + ") is shorter than reconnectMin (" + reconnectMin + ")");
        }
    }

    /** Begins with the defaults. */
    public static Builder builder(ClientTls tls, ServerAddress... servers) {
        return new Builder(tls, List.of(servers));
    }

    /** How often to look for what has run out of time. */
    Duration sweepInterval() {
        Duration shortest = Collections.min(List.of(deadline, attemptTimeout, connectTimeout, pingInterval));
        Duration wanted = shortest.dividedBy(16);
        return wanted.compareTo(SHORTEST_SWEEP) < 0 ? SHORTEST_SWEEP : min(wanted, LONGEST_SWEEP);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static void requireBetween(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " must be between 1 and " + most + ", got " + value);
        }
    }

    private static void requireReal(String name, Duration value) {
        if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(name + " must be between 1 ms and 1 day, got " + value);
        }
    }

    /** Collects options; see {@link ClientOptions} for what each one means. */
    public static final class Builder {

        private final ClientTls tls;
        private List<ServerAddress> servers;
        private int connectionsPerServer = 2;
        private int maxInFlight = 256;
        private int maxPending = 4096;
        private Duration deadline = Duration.ofSeconds(5);
        private Duration attemptTimeout = Duration.ofSeconds(2);
        private int attempts = 3;
        private Duration connectTimeout = Duration.ofSeconds(2);
        private Duration reconnectMin = Duration.ofMillis(100);
        private Duration reconnectMax = Duration.ofSeconds(5);
        private Duration pingInterval = Duration.ofSeconds(10);

        private Builder(ClientTls tls, List<ServerAddress> servers) {
            this.tls = tls;
            this.servers = servers;
        }

        public Builder servers(List<ServerAddress> value) {
            servers = value;
            return this;
        }

        public Builder connectionsPerServer(int value) {
            connectionsPerServer = value;
            return this;
        }

        public Builder maxInFlight(int value) {
            maxInFlight = value;
            return this;
        }

        public Builder maxPending(int value) {
            maxPending = value;
            return this;
        }

        public Builder deadline(Duration value) {
            deadline = value;
            return this;
        }

        public Builder attemptTimeout(Duration value) {
            attemptTimeout = value;
            return this;
        }

        public Builder attempts(int value) {
            attempts = value;
            return this;
        }

        public Builder connectTimeout(Duration value) {
            connectTimeout = value;
            return this;
        }

        public Builder reconnectMin(Duration value) {
            reconnectMin = value;
            return this;
        }

        public Builder reconnectMax(Duration value) {
            reconnectMax = value;
            return this;
        }

        public Builder pingInterval(Duration value) {
            pingInterval = value;
            return this;
        }

        /** @throws IllegalArgumentException if a value is out of its range */
        public ClientOptions build() {
            return new ClientOptions(
                    servers,
                    tls,
                    connectionsPerServer,
                    maxInFlight,
                    maxPending,
                    deadline,
                    attemptTimeout,
                    attempts,
                    connectTimeout,
                    reconnectMin,
                    reconnectMax,
                    pingInterval);
        }
    }
}
