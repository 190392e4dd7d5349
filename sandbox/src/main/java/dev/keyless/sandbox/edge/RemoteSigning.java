package dev.keyless.sandbox.edge;

import io.netty.handler.ssl.OpenSslAsyncPrivateKeyMethod;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;

/** BoringSSL's private key, as it sees it: gives the work to a {@link RemotePrivateKey}. */
final class RemoteSigning implements OpenSslAsyncPrivateKeyMethod {

    private final RemotePrivateKey key;
    private final EdgeMetrics metrics;

    /** Handshakes that go on; an engine is removed when its handshake ends. */
    private final Map<SSLEngine, Handshake> handshakes = new ConcurrentHashMap<>();

    RemoteSigning(RemotePrivateKey key, EdgeMetrics metrics) {
        this.key = key;
        this.metrics = metrics;
    }

    void begin(SSLEngine engine, Handshake handshake) {
        handshakes.put(engine, handshake);
    }

    void end(SSLEngine engine) {
        handshakes.remove(engine);
    }

    /** Called on the visitor's event loop. */
    @Override
    public Future<byte[]> sign(SSLEngine engine, int scheme, byte[] message) {
        Handshake handshake = handshakes.get(engine);
        if (handshake == null) {
            return failed(new IllegalStateException("a signature is asked for outside of a handshake"));
        }
        handshake.signatureAsked();
        long started = System.nanoTime();
        Promise<byte[]> promise = handshake.eventLoop().newPromise();
        ask(scheme, message, handshake).whenComplete((signature, cause) -> {
            long nanos = System.nanoTime() - started;
            // Whoever hung up meanwhile has taken the promise along; nobody waits for it then.
            if (cause == null) {
                metrics.signed(nanos);
                promise.trySuccess(signature);
            } else {
                metrics.failedToSign(nanos, cause);
                handshake.signingFailed();
                promise.tryFailure(cause);
            }
        });
        return promise;
    }

    private CompletionStage<byte[]> ask(int scheme, byte[] message, Handshake handshake) {
        try {
            return key.sign(scheme, message, handshake.visitor());
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    /** Only the key exchange that TLS 1.3 removed needs it, and the edge does not offer that. */
    @Override
    public Future<byte[]> decrypt(SSLEngine engine, byte[] input) {
        return failed(new SSLHandshakeException("RSA key exchange is not offered"));
    }

    private static Future<byte[]> failed(Exception cause) {
        return ImmediateEventExecutor.INSTANCE.newFailedFuture(cause);
    }
}
