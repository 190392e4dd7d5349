package dev.keyless.sandbox.edge;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/** How Vert.x is made to use the edge's own handlers for TLS, through the extension point that it has for that. */
final class VisitorTls extends SSLEngineOptions {

    private final Supplier<SslHandler> firstHandler;

    /** @param firstHandler makes the handler that sees a new connection first */
    VisitorTls(Supplier<SslHandler> firstHandler) {
        this.firstHandler = firstHandler;
    }

    @Override
    public SSLEngineOptions copy() {
        return new VisitorTls(firstHandler);
    }

    @Override
    public SslContextFactory sslContextFactory() {
        return () -> new HandlerSource(firstHandler);
    }

    /** A TLS context that has no engines of its own. */
    private static final class HandlerSource extends SslContext {

        private final Supplier<SslHandler> handlers;

        HandlerSource(Supplier<SslHandler> handlers) {
            this.handlers = handlers;
        }

        @Override
        protected SslHandler newHandler(ByteBufAllocator allocator, boolean startTls, Executor executor) {
            return handlers.get();
        }

        @Override
        protected SslHandler newHandler(
                ByteBufAllocator allocator, String host, int port, boolean startTls, Executor executor) {
            return handlers.get();
        }

        @Override
        public boolean isClient() {
            return false;
        }

        @Override
        public List<String> cipherSuites() {
            return CipherSuites.NAMES;
        }

        @Override
        @SuppressWarnings("deprecation") // abstract all the same
        public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
            throw new UnsupportedOperationException("the sites' contexts negotiate");
        }

        @Override
        public SSLEngine newEngine(ByteBufAllocator allocator) {
            throw new UnsupportedOperationException("the sites' contexts make the engines");
        }

        @Override
        public SSLEngine newEngine(ByteBufAllocator allocator, String host, int port) {
            return newEngine(allocator);
        }

        @Override
        public SSLSessionContext sessionContext() {
            throw new UnsupportedOperationException("the sites' contexts keep the sessions");
        }
    }

    /** Vert.x insists on being told about keys. */
    enum NoKeys implements KeyCertOptions {
        INSTANCE;

        @Override
        public KeyCertOptions copy() {
            return this;
        }

        @Override
        public @Nullable KeyManagerFactory getKeyManagerFactory(Vertx vertx) {
            return null;
        }

        @Override
        @SuppressWarnings("deprecation") // abstract all the same
        public @Nullable Function<String, X509KeyManager> keyManagerMapper(Vertx vertx) {
            return null;
        }

        @Override
        public @Nullable Function<String, KeyManagerFactory> keyManagerFactoryMapper(Vertx vertx) {
            return null;
        }
    }
}
