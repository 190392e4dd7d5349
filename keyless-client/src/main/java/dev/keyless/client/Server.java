package dev.keyless.client;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One of the client's servers and the links to it. For any thread. */
record Server(ServerAddress address, List<Link> links) {

    ServerHealth.State state() {
        boolean allDown = true;
        for (Link link : links) {
            if (link.connection() != null) return ServerHealth.State.UP;
            allDown &= link.isDown();
        }
        return allDown ? ServerHealth.State.DOWN : ServerHealth.State.CONNECTING;
    }

    ServerHealth health() {
        List<KeylessConnection> open =
                links.stream().map(Link::connection).filter(Objects::nonNull).toList();
        Optional<Duration> roundTrip = open.stream()
                .flatMap(connection -> connection.roundTrip().stream())
                .findFirst();
        int inFlight = open.stream().mapToInt(KeylessConnection::inFlight).sum();
        return new ServerHealth(address, state(), open.size(), inFlight, roundTrip, lastFailure());
    }

    Optional<String> lastFailure() {
        return links.stream().flatMap(link -> link.lastFailure().stream()).findFirst();
    }

    /** The better of {@code best} and the connections here. */
    @Nullable
    KeylessConnection better(@Nullable KeylessConnection best) {
        KeylessConnection found = best;
        for (Link link : links) {
            KeylessConnection connection = link.connection();
            if (connection != null && (found == null || isBetter(connection, found))) found = connection;
        }
        return found;
    }

    /** One that has gone silent is the last choice; otherwise the one with less to do. */
    private static boolean isBetter(KeylessConnection one, KeylessConnection other) {
        return one.isSuspect() == other.isSuspect() ? one.inFlight() < other.inFlight() : other.isSuspect();
    }
}
