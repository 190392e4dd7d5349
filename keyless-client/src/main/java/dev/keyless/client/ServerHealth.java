package dev.keyless.client;

import java.time.Duration;
import java.util.Optional;

/**
 * What the client knows of a server at this moment.
 *
 * @param connections connections that have answered a ping and are in use
 * @param inFlight requests sent and not yet answered
 * @param roundTrip of the last ping that was answered
 * @param lastFailure why the last connection, or attempt at one, ended; stays after recovery
 */
public record ServerHealth(
        ServerAddress server,
        State state,
        int connections,
        int inFlight,
        Optional<Duration> roundTrip,
        Optional<String> lastFailure) {

    /** Whether a server takes requests. */
    public enum State {
        /** The first attempt to connect, or to connect again, is under way. */
        CONNECTING,
        /** At least one connection takes requests. */
        UP,
        /** The last attempt to connect failed; further ones follow, further and further apart. */
        DOWN
    }
}
