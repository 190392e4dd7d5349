package dev.keyless.keyserver.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;

/**
 * A context that stands for another one, which can be replaced at any time: a new connection gets the current one, the
 * others keep theirs. That is all there is to reloading certificates.
 */
final class SwappableSslContext extends SslContext {

    private final Doorkeeper doorkeeper;
    private volatile SslContext current;

    SwappableSslContext(SslContext first, Doorkeeper doorkeeper) {
        this.current = first;
        this.doorkeeper = doorkeeper;
    }

    void swap(SslContext next) {
        current = next;
    }

    @Override
    protected SslHandler newHandler(
            ByteBufAllocator allocator, String peerHost, int peerPort, boolean startTls, Executor executor) {
        return new GuardedSslHandler(newEngine(allocator, peerHost, peerPort), executor, doorkeeper);
    }

    @Override
    protected SslHandler newHandler(ByteBufAllocator allocator, boolean startTls, Executor executor) {
        return new GuardedSslHandler(newEngine(allocator), executor, doorkeeper);
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator allocator) {
        return current.newHandler(allocator).engine();
    }

    /** By way of a handler, since only then BoringSSL's engine is one that takes several TLS records at once. */
    @Override
    public SSLEngine newEngine(ByteBufAllocator allocator, String peerHost, int peerPort) {
        return current.newHandler(allocator, peerHost, peerPort).engine();
    }

    @Override
    public boolean isClient() {
        return false;
    }

    @Override
    public List<String> cipherSuites() {
        return current.cipherSuites();
    }

    @Override
    @SuppressWarnings("deprecation") // part of the type that we stand in for
    public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
        return current.applicationProtocolNegotiator();
    }

    @Override
    public SSLSessionContext sessionContext() {
        return current.sessionContext();
    }
}
