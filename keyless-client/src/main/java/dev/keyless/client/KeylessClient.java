package dev.keyless.client;

import dev.keyless.protocol.Frame;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to whichever of several key servers can answer.
 *
 * <ul>
 *   <li>Requests go to the connection with the least to do, over all servers that are up.
 *   <li>A request whose connection breaks, or that one of several servers leaves unanswered for the attempt time-out, goes
 *       to another server, within its deadline and number of attempts. So a server may do the work twice.
 *   <li>'Key not found' and 'internal error' are asked of every other server once; all other refusals are final.
 *   <li>When all connections are full, requests wait in order; when all servers are down, they fail at once.
 * </ul>
 */
public final class KeylessClient implements AutoCloseable {

    /** How often to look again when others took the place that was found free. */
    private static final int RESERVATION_TRIES = 3;

    private final Vertx vertx;
    private final ClientOptions options;
    private final KeylessConnector connector;
    private final List<Server> servers;
    private final long sweepTimer;

    /** Requests and pings accepted and not yet finished. */
    private final AtomicInteger pending = new AtomicInteger();

    private final Pings pings = new Pings(this);

    /** Calls without a connection, in order; under its own lock. */
    private final ArrayDeque<Call> queue = new ArrayDeque<>();

    /** The queue's length, for those who only want to know whether it is worth the lock. */
    private volatile int waiting;

    private volatile boolean draining;
    private volatile boolean stopped;
    private final CompletableFuture<@Nullable Void> drained = new CompletableFuture<>();

    private KeylessClient(Vertx vertx, ClientOptions options, RandomGenerator random) {
        this.vertx = vertx;
        this.options = options;
        connector = new KeylessConnector(vertx, options);
        Backoff backoff = new Backoff(options.reconnectMin(), options.reconnectMax(), random);
        servers = options.servers().stream()
                .map(address -> server(address, backoff))
                .toList();
        sweepTimer = vertx.setPeriodic(Math.max(1, options.sweepInterval().toMillis()), _ -> sweep());
    }

    /**
     * Begins to connect to all servers; requests may be made at once and wait for the first connection.
     *
     * @param vertx whose event loops are used; stays the caller's. Should prefer its native transport
     */
    public static KeylessClient create(Vertx vertx, ClientOptions options) {
        return create(vertx, options, new Random());
    }

    /** As the other one with the pauses' randomness, which must be for use from any thread. */
    static KeylessClient create(Vertx vertx, ClientOptions options, RandomGenerator random) {
        KeylessClient client = new KeylessClient(vertx, options, random);
        client.servers.forEach(server -> server.links().forEach(Link::connect));
        return client;
    }

    /** Completes with the payload of the answer, or fails with a {@link KeylessException}. The frame's id does not matter. */
    public CompletionStage<byte[]> perform(Frame request) {
        KeylessException closed = enter();
        if (closed != null) return CompletableFuture.failedStage(closed);
        Call call = new Call(this, request, deadline());
        dispatch(call);
        return call;
    }

    /**
     * How long a ping to this server takes there and back.
     *
     * @throws IllegalArgumentException if it is none of the configured ones
     */
    public CompletionStage<Duration> ping(ServerAddress address) {
        Server server = servers.stream()
                .filter(candidate -> candidate.address().equals(address))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(address + " is none of " + options.servers()));
        KeylessException closed = enter();
        return closed == null ? pings.ping(server, deadline()) : CompletableFuture.failedStage(closed);
    }

    /** One entry per server, in the configured order. */
    public List<ServerHealth> health() {
        return servers.stream().map(Server::health).toList();
    }

    /** Takes no new requests, waits for those under way, at most their deadline, then closes the connections. */
    public CompletionStage<@Nullable Void> shutdown() {
        draining = true;
        if (pending.get() == 0) drained.complete(null);
        return drained.whenComplete((_, _) -> close());
    }

    /** Closes at once; everything unanswered fails with {@link UnavailableException}. Does not block. */
    @Override
    public void close() {
        draining = true;
        stopped = true;
        vertx.cancelTimer(sweepTimer);
        servers.forEach(server -> server.links().forEach(Link::stop));
        connector.close();
        linkChanged();
    }

    // --- for calls and pings -----------------------------------------------------------------

    boolean isStopped() {
        return stopped;
    }

    /** The place of a server among the others, as a bit. */
    long bit(ServerAddress address) {
        return 1L << options.servers().indexOf(address);
    }

    /** One that entered is finished. */
    void left() {
        if (pending.decrementAndGet() == 0 && draining) drained.complete(null);
    }

    /** A connection may take another request. */
    void placeFree() {
        if (waiting > 0) serveQueue();
    }

    /** After an attempt that failed: another one, or the end. */
    void again(Call call) {
        RefusedException refusal = call.refusal();
        if (stopped) {
            call.end(closedFailure());
        } else if (System.nanoTime() - call.deadline >= 0) {
            call.end(refusal == null ? deadlineExceeded("no answer", call) : refusal);
        } else if (refusal != null) {
            if (!trySend(call)) call.end(refusal); // nobody is left who may know better
        } else if (call.attempts() >= options.attempts()) {
            call.end(new UnavailableException("given up after " + call.attempts() + " attempts: " + call.history()));
        } else {
            dispatch(call);
        }
    }

    UnavailableException unavailable(Server server) {
        return stopped ? closedFailure() : new UnavailableException(reason(server));
    }

    // --- finding a connection ----------------------------------------------------------------

    private void dispatch(Call call) {
        if (waiting == 0 && trySend(call)) return;
        synchronized (queue) {
            queue.addLast(call);
            waiting = queue.size();
        }
        serveQueue(); // a place may have become free before the call was in the queue
    }

    private boolean trySend(Call call) {
        KeylessConnection connection = reserve(call);
        if (connection == null) return false;
        send(call, connection);
        return true;
    }

    private void send(Call call, KeylessConnection connection) {
        call.attempt(connection.server());
        boolean othersMayFollow = servers.size() > 1 && call.attempts() < options.attempts();
        long attemptEnd = System.nanoTime() + options.attemptTimeout().toNanos();
        boolean early = othersMayFollow && attemptEnd - call.deadline < 0;
        connection.sendReserved(call.request, call, early ? attemptEnd : call.deadline);
    }

    /** A place on the best connection for this call, first among the servers that it has not been to. */
    private @Nullable KeylessConnection reserve(Call call) {
        KeylessConnection fresh = reserve(call.tried());
        return fresh == null && call.tried() != call.refused() ? reserve(call.refused()) : fresh;
    }

    private @Nullable KeylessConnection reserve(long excludedServers) {
        int count = servers.size();
        int start = count == 1 ? 0 : ThreadLocalRandom.current().nextInt(count);
        for (int i = 0; i < RESERVATION_TRIES; i++) {
            KeylessConnection best = null;
            for (int offset = 0; offset < count; offset++) {
                int index = (start + offset) % count;
                if ((excludedServers >> index & 1) == 0)
                    best = servers.get(index).better(best);
            }
            if (best == null || best.inFlight() >= options.maxInFlight()) return null;
            if (best.tryReserve()) return best;
        }
        return null;
    }

    // --- those who wait ----------------------------------------------------------------------

    private void serveQueue() {
        while (true) {
            Call first;
            KeylessConnection connection;
            synchronized (queue) {
                first = queue.peek();
                if (first == null) return;
                connection = reserve(first);
                if (connection == null) break;
                queue.remove();
                waiting = queue.size();
            }
            send(first, connection);
        }
        if (stopped || servers.stream().allMatch(server -> server.state() == ServerHealth.State.DOWN)) {
            for (Call call : removeWaiting(_ -> true)) call.end(noneReachable());
        }
    }

    private List<Call> removeWaiting(Predicate<Call> which) {
        synchronized (queue) {
            List<Call> removed = queue.stream().filter(which).toList();
            queue.removeIf(which);
            waiting = queue.size();
            return removed;
        }
    }

    private void sweep() {
        long now = System.nanoTime();
        if (waiting > 0) {
            for (Call call : removeWaiting(call -> now - call.deadline >= 0)) {
                call.end(deadlineExceeded("no connection was free", call));
            }
        }
        pings.sweep(now);
    }

    private void linkChanged() {
        placeFree();
        pings.review();
    }

    // --- odds and ends -----------------------------------------------------------------------

    private Server server(ServerAddress address, Backoff backoff) {
        Link.Owner owner = new Link.Owner() {
            @Override
            public void linkChanged() {
                KeylessClient.this.linkChanged();
            }

            @Override
            public void later(Duration pause, Runnable task) {
                vertx.setTimer(Math.max(1, pause.toMillis()), _ -> task.run());
            }
        };
        return new Server(
                address,
                Stream.generate(() -> new Link(address, connector, backoff, owner))
                        .limit(options.connectionsPerServer())
                        .toList());
    }

    /** One more is on its way; null if it may be, else why not. */
    private @Nullable KeylessException enter() {
        int now = pending.incrementAndGet();
        if (!draining && now <= options.maxPending()) return null;
        left();
        return draining
                ? closedFailure()
                : new OverloadedException(options.maxPending() + " requests are pending already");
    }

    private long deadline() {
        return System.nanoTime() + options.deadline().toNanos();
    }

    private static UnavailableException closedFailure() {
        return new UnavailableException("the client is closed");
    }

    private UnavailableException noneReachable() {
        if (stopped) return closedFailure();
        String reasons = servers.stream().map(KeylessClient::reason).collect(Collectors.joining("; "));
        return new UnavailableException("no key server can be reached: " + reasons);
    }

    private static String reason(Server server) {
        return server.lastFailure().orElse(server.address() + ": not connected yet");
    }

    private DeadlineExceededException deadlineExceeded(String what, Call call) {
        String history = call.history();
        return new DeadlineExceededException(
                what + " within " + options.deadline() + (history.isEmpty() ? "" : "; before: " + history));
    }
}
