package dev.keyless.keyserver.net;

import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** How much of the machine clients can take, together and each. What exceeds a limit waits or is closed, never queued. */
@Unremovable
@ConfigMapping(prefix = "keyserver.limits")
public interface LimitsConfig {

    /** Connections open at the same time; a further one is closed before its TLS handshake. */
    @WithDefault("4096")
    @Min(1)
    int connections();

    /** Of these, how many from one IP address. An edge behind a tunnel or a NAT has one address for all. */
    @WithDefault("1024")
    @Min(1)
    int connectionsPerAddress();

    /**
     * Requests of one connection that wait for their signature; further ones wait unread in its socket. A request counts
     * once, and once more for each KiB that it has.
     */
    @WithDefault("64")
    @Min(1)
    int pendingPerConnection();

    /**
     * Requests of all connections that wait for their signature, counted in the same way; beyond it connections are read no
     * further until some are done. So this many KiB bound the memory that requests can take.
     */
    @WithDefault("8192")
    @Min(1)
    int pending();

    /**
     * Memory for packets that have not come to their end, of all connections together; those of up to 4 KiB do not count. A
     * connection whose packet finds no room is closed.
     */
    @WithDefault("16M")
    MemorySize unread();

    /** {@link #unread()} in bytes. */
    static long unreadBytes(LimitsConfig limits) {
        return limits.unread().asLongValue();
    }

    /** Time from accepting a connection to the end of its TLS handshake; then it is closed. */
    @WithDefault("10s")
    @DurationMin(millis = 1, message = "must be 1ms or longer")
    Duration handshakeTimeout();

    /** A connection without requests for this long is closed. Edges expect it and dial again. */
    @WithDefault("30s")
    @DurationMin(millis = 1, message = "must be 1ms or longer")
    Duration idleTimeout();

    /** A packet that has begun to arrive must be complete after this time, or the connection is closed. */
    @WithDefault("30s")
    @DurationMin(millis = 1, message = "must be 1ms or longer")
    Duration readStall();

    /** A client that does not take its answers for this long loses the connection. */
    @WithDefault("30s")
    @DurationMin(millis = 1, message = "must be 1ms or longer")
    Duration writeStall();
}
