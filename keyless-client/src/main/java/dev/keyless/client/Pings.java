package dev.keyless.client;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Pings that callers asked for. Those to a server to which a connection is only being made wait here. For any thread. */
final class Pings {

    private final KeylessClient client;
    private final Set<Ping> waiting = ConcurrentHashMap.newKeySet();

    Pings(KeylessClient client) {
        this.client = client;
    }

    private static final class Ping extends CompletableFuture<Duration> {

        final Server server;
        final long deadline;

        Ping(Server server, long deadline) {
            this.server = server;
            this.deadline = deadline;
        }
    }

    CompletionStage<Duration> ping(Server server, long deadline) {
        Ping ping = new Ping(server, deadline);
        waiting.add(ping);
        review(ping);
        return ping;
    }

    /** After something about a connection has changed. */
    void review() {
        waiting.forEach(this::review);
    }

    void sweep(long now) {
        for (Ping ping : waiting) {
            if (now - ping.deadline >= 0 && waiting.remove(ping)) {
                end(ping, null, new DeadlineExceededException(ping.server.address() + ": no connection in time"));
            }
        }
    }

    /** Whoever takes a ping out of the set deals with it. */
    private void review(Ping ping) {
        KeylessConnection connection = ping.server.better(null);
        if (connection != null) {
            if (waiting.remove(ping)) {
                var _ = connection.ping().whenComplete((time, failure) -> end(ping, time, Causes.unwrap(failure)));
            }
        } else if (client.isStopped() || ping.server.state() == ServerHealth.State.DOWN) {
            if (waiting.remove(ping)) end(ping, null, client.unavailable(ping.server));
        }
    }

    private void end(Ping ping, @Nullable Duration time, @Nullable Throwable failure) {
        client.left();
        if (failure != null) ping.completeExceptionally(failure);
        else ping.complete(time);
    }
}
