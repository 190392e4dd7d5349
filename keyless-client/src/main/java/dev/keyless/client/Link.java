package dev.keyless.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one connection to a server: connects, has a ping answered, and only then hands it out; begins again when it ends.
 * Its steps follow one another, each on the event loop that its connection happens to have.
 */
final class Link {

    /** What a link needs from its client. */
    interface Owner {

        /** Something about a link is different: it has a connection, or lost one, or could not get one. */
        void linkChanged();

        void later(Duration pause, Runnable task);
    }

    private final ServerAddress server;
    private final KeylessConnector connector;
    private final Backoff backoff;
    private final Owner owner;

    private volatile @Nullable KeylessConnection connection;
    private volatile boolean down;
    private volatile boolean stopped;
    private volatile @Nullable String lastFailure;
    private int failures;
    private long upSince;

    Link(ServerAddress server, KeylessConnector connector, Backoff backoff, Owner owner) {
        this.server = server;
        this.connector = connector;
        this.backoff = backoff;
        this.owner = owner;
    }

    /** The connection that takes requests; null if there is none. */
    @Nullable
    KeylessConnection connection() {
        KeylessConnection current = connection;
        return current != null && current.isOpen() ? current : null;
    }

    /** Whether the last attempt to connect failed. */
    boolean isDown() {
        return down;
    }

    Optional<String> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    void connect() {
        if (stopped) return;
        var _ = connector.connect(server).thenCompose(this::proven).whenComplete((proven, failure) -> {
            if (failure == null) up(proven);
            else failed(Causes.describe(failure));
        });
    }

    void stop() {
        stopped = true;
        KeylessConnection current = connection;
        if (current != null) current.close();
    }

    /** With TLS 1.3 only an answer shows that the server took our certificate; also that it is a key server at all. */
    private CompletionStage<KeylessConnection> proven(KeylessConnection candidate) {
        return candidate.ping().handle((_, failure) -> {
            if (failure == null) return candidate;
            String reason = Causes.describe(failure);
            candidate.close();
            throw new CompletionException(new UnavailableException(reason, failure));
        });
    }

    private void up(KeylessConnection proven) {
        upSince = System.nanoTime();
        down = false;
        connection = proven;
        if (stopped) proven.close();
        var _ = proven.closed().thenRun(() -> lost(proven));
        owner.linkChanged();
    }

    /** A connection that did not last counts as a failed attempt, so that nobody reconnects in a loop. */
    private void lost(KeylessConnection ended) {
        connection = null;
        lastFailure = ended.closeReason();
        boolean lasted = System.nanoTime() - upSince >= backoff.max().toNanos();
        failures = lasted ? 0 : failures + 1;
        again();
    }

    private void failed(String reason) {
        lastFailure = reason;
        down = true;
        failures++;
        again();
    }

    private void again() {
        if (!stopped) owner.later(backoff.pause(failures), this::connect);
        owner.linkChanged();
    }
}
