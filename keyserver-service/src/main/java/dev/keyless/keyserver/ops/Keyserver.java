package dev.keyless.keyserver.ops;

import static dev.keyless.keyserver.ops.KeyserverLog.LOG;

import dev.keyless.keyserver.keys.LiveKeys;
import dev.keyless.keyserver.net.DrainConfig;
import dev.keyless.keyserver.net.Listener;
import dev.keyless.keyserver.net.ListenerConfig;
import dev.keyless.keyserver.peers.PeerTable;
import dev.keyless.keyserver.reload.Reloader;
import dev.keyless.keyserver.signing.RequestPolicy;
import dev.keyless.keyserver.signing.SigningPool;
import dev.keyless.keyserver.tls.ServerTls;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The running server. To stop is to turn readiness off, to serve on for a grace so that load balancers notice, to accept
 * no more, to answer what has been read, and to close.
 */
final class Keyserver {

    private final Parts parts;
    private final Reloader reloader;
    private volatile int port;
    private volatile boolean stopping;

    /** What it is made of. */
    record Parts(
            Listener listener,
            ServerTls tls,
            Supplier<PeerTable> peers,
            RequestPolicy policy,
            SigningPool pool,
            LiveKeys keys) {}

    Keyserver(Parts parts, Reloader reloader) {
        this.parts = parts;
        this.reloader = reloader;
    }

    /** Returns once peers can connect. */
    void start(ListenerConfig config) {
        try {
            port = await(parts.listener.listen(
                    config.host(), config.port(), parts.tls, parts.peers, parts.policy, parts.pool));
        } catch (CompletionException e) {
            LOG.cannotListen(config.host(), config.port(), String.valueOf(e.getCause()));
            throw e;
        }
        reloader.start();
    }

    /** The port that it listens on; 0 before it does. */
    int port() {
        return port;
    }

    boolean stopping() {
        return stopping;
    }

    Parts parts() {
        return parts;
    }

    /** Reads keys and certificates again, changed or not; does not wait for it. */
    void reload() {
        reloader.trigger();
    }

    /** Takes as long as grace and timeout allow; to be called once. */
    void stop(DrainConfig drain) {
        stopping = true;
        LOG.stopping(text(drain.grace()));
        pause(drain.grace());
        Listener listener = parts.listener;
        long begun = System.nanoTime();
        LOG.draining(listener.connections(), listener.pending());
        listener.stopAccepting();
        if (within(drain.timeout(), listener.drain())) {
            LOG.drained(text(Duration.ofNanos(System.nanoTime() - begun)));
        } else {
            LOG.notDrained(text(drain.timeout()), listener.connections(), listener.pending());
        }
        await(listener.close());
        reloader.close();
        parts.pool.close();
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever is in such a hurry gets no grace
        }
    }

    private static boolean within(Duration timeout, CompletionStage<Void> stage) {
        try {
            stage.toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("draining failed", e.getCause());
        }
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static String text(Duration duration) {
        return duration.toMillis() + " ms";
    }
}
