package dev.keyless.keyserver.net;

import dev.keyless.keyserver.peers.PeerTable;
import dev.keyless.keyserver.signing.RequestPolicy;
import dev.keyless.keyserver.signing.SigningPool;
import dev.keyless.keyserver.tls.Doorkeeper;
import dev.keyless.keyserver.tls.ServerTls;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Listens for peers, on as many event loops as there are processors. Methods may be called from any thread but an event
 * loop's; each is called once, in the order in which they stand here.
 */
public final class Listener {

    private static final int ACCEPT_BACKLOG = 1024;

    private final Vertx vertx;
    private final Limits limits;
    private final Gate gate;
    private final Pending pending;
    private final Unread unread;
    private final ListenerEvents events;
    private final List<ListenerVerticle> loops = new CopyOnWriteArrayList<>();

    /** @param deadline how long a request may take from being read to being answered */
    public Listener(Vertx vertx, LimitsConfig config, Duration deadline, ListenerEvents events) {
        this.vertx = vertx;
        this.limits = Limits.of(config, deadline);
        this.gate = new Gate(limits, events);
        this.pending = new Pending(limits.pending());
        this.unread = new Unread(limits.unread());
        this.events = events;
    }

    /** Who asks to be asked about each new connection; the TLS context wants to know. */
    public Doorkeeper doorkeeper() {
        return gate;
    }

    /**
     * Begins to listen; completes with the port, which the system chooses if {@code port} is 0.
     *
     * @param peers who is who, at the time of each handshake
     */
    public CompletionStage<Integer> listen(
            String host, int port, ServerTls tls, Supplier<PeerTable> peers, RequestPolicy policy, SigningPool pool) {
        NetServerOptions options = new NetServerOptions()
                .setHost(host)
                .setPort(port == 0 ? -1 : port) // to Vert.x, 0 is another port for each event loop, -1 one for all
                .setAcceptBacklog(ACCEPT_BACKLOG)
                .setTcpNoDelay(true)
                .setSslHandshakeTimeout(limits.handshakeNanos())
                .setSslHandshakeTimeoutUnit(TimeUnit.NANOSECONDS);
        tls.configure(options);
        ConnectionContext shared = new ConnectionContext(limits, policy, pool, pending, unread, events);
        Supplier<io.vertx.core.Verticle> loop = () -> {
            ListenerVerticle verticle = new ListenerVerticle(options, peers, shared);
            loops.add(verticle);
            return verticle;
        };
        return vertx.deployVerticle(
                        loop,
                        new DeploymentOptions()
                                .setInstances(Runtime.getRuntime().availableProcessors()))
                .map(ignored -> loops.getFirst().port())
                .toCompletionStage();
    }

    /** Connections now, those in their handshake included. */
    public int connections() {
        return gate.connections();
    }

    /** Requests that wait for the signing pool or are being worked on, large ones counted several times. */
    public int pending() {
        return pending.count();
    }

    /** Whether every event loop has come round lately. */
    public boolean responsive() {
        return loops.stream().allMatch(ListenerVerticle::responsive);
    }

    /** Takes no new connections; the others go on. */
    public void stopAccepting() {
        gate.stopAccepting();
    }

    /** Answers what has been read and closes each connection; completes when all are closed. */
    public CompletionStage<Void> drain() {
        return Future.join(loops.stream().map(ListenerVerticle::drain).toList())
                .<Void>mapEmpty()
                .toCompletionStage();
    }

    /** Closes what is still open. */
    public CompletionStage<Void> close() {
        return Future.join(loops.stream()
                        .map(loop -> vertx.undeploy(loop.deploymentID()).otherwiseEmpty())
                        .toList())
                .<Void>mapEmpty()
                .toCompletionStage();
    }
}
