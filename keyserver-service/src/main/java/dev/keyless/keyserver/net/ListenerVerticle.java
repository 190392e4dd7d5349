package dev.keyless.keyserver.net;

import dev.keyless.keyserver.net.ListenerEvents.Ending;
import dev.keyless.keyserver.peers.Peer;
import dev.keyless.keyserver.peers.PeerTable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SingleThreadEventLoop;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import java.security.cert.Certificate;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** The connections of one event loop. */
final class ListenerVerticle extends AbstractVerticle {

    /** Many times the longest pause between two checks. */
    private static final long UNRESPONSIVE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final NetServerOptions options;
    private final Supplier<PeerTable> peers;
    private final ConnectionContext shared;
    private final Set<Connection> connections = new HashSet<>();
    private @Nullable Turns turns;
    private @Nullable Promise<Void> drained;
    private volatile int port;
    private volatile long checkedAt = System.nanoTime();

    ListenerVerticle(NetServerOptions options, Supplier<PeerTable> peers, ConnectionContext shared) {
        this.options = options;
        this.peers = peers;
        this.shared = shared;
    }

    @Override
    public void start(Promise<Void> started) {
        vertx.setPeriodic(tickMillis(shared.limits()), ignored -> check());
        vertx.createNetServer(options)
                .connectHandler(this::connected)
                .exceptionHandler(ignored -> {}) // the gate hears of failed handshakes, and from whom
                .listen()
                .onSuccess(server -> port = server.actualPort())
                .<Void>mapEmpty()
                .onComplete(started);
    }

    /** Often enough for the shortest time limit, seldom enough to cost nothing. */
    private static long tickMillis(Limits limits) {
        long shortest = Math.min(
                Math.min(limits.idleNanos(), limits.deadlineNanos()),
                Math.min(limits.readStallNanos(), limits.writeStallNanos()));
        return Math.clamp(TimeUnit.NANOSECONDS.toMillis(shortest) / 10, 10, 1000);
    }

    boolean responsive() {
        return System.nanoTime() - checkedAt < UNRESPONSIVE_NANOS;
    }

    int port() {
        return port;
    }

    private void connected(NetSocket socket) {
        ChannelHandlerContext vertxHandler = ((NetSocketInternal) socket).channelHandlerContext();
        List<X509Certificate> chain = clientChain(socket);
        Optional<Peer> peer = valid(chain) ? peers.get().identify(chain) : Optional.empty();
        if (peer.isEmpty()) {
            String subject = chain.isEmpty()
                    ? "no certificate"
                    : chain.getFirst().getSubjectX500Principal().getName();
            shared.events().ended(vertxHandler.channel().remoteAddress(), Ending.UNKNOWN_PEER, subject);
            var _ = vertxHandler.close();
            return;
        }
        vertxHandler.pipeline().remove("chunkedWriter"); // we send no files
        shared.events().connected(peer.get(), vertxHandler.channel().remoteAddress(), chain);
        Connection connection = new Connection(shared, turns(vertxHandler), peer.get(), vertxHandler);
        connections.add(connection);
        vertxHandler.channel().closeFuture().addListener(ignored -> closed(connection));
        if (drained != null) connection.drain();
    }

    /** All connections here have the same event loop, but it shows with the first of them. */
    private Turns turns(ChannelHandlerContext context) {
        if (turns == null)
            turns = new Turns((SingleThreadEventLoop) context.channel().eventLoop());
        return turns;
    }

    private void closed(Connection connection) {
        connections.remove(connection);
        if (drained != null && connections.isEmpty()) drained.tryComplete();
    }

    private static List<X509Certificate> clientChain(NetSocket socket) {
        try {
            Certificate[] chain = socket.sslSession().getPeerCertificates();
            return Arrays.stream(chain).map(X509Certificate.class::cast).toList();
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
    }

    /** The handshake has checked that, unless it resumed a session that began when the certificate was still valid. */
    private static boolean valid(List<X509Certificate> chain) {
        if (chain.isEmpty()) return false;
        try {
            chain.getFirst().checkValidity();
            return true;
        } catch (CertificateExpiredException | CertificateNotYetValidException e) {
            return false;
        }
    }

    private void check() {
        long now = System.nanoTime();
        checkedAt = now;
        for (Connection connection : List.copyOf(connections)) connection.check(now);
    }

    /** Completes when the last connection of this loop is closed. */
    Future<Void> drain() {
        Promise<Void> promise = Promise.promise();
        context.runOnContext(ignored -> {
            drained = promise;
            for (Connection connection : List.copyOf(connections)) connection.drain();
            if (connections.isEmpty()) promise.tryComplete();
        });
        return promise.future();
    }

    @Override
    public void stop() {
        for (Connection connection : List.copyOf(connections)) connection.drain();
    }
}
