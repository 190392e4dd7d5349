package dev.keyless.keyserver.tls;

import io.netty.handler.ssl.SslContext;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/** Makes a Vert.x server use a TLS context of ours. */
final class VertxTls {

    private VertxTls() {}

    static void configure(NetServerOptions options, SslContext context) {
        options.setSsl(true)
                .setSslEngineOptions(new PreparedEngineOptions(context))
                .setKeyCertOptions(KeysInContext.INSTANCE);
    }

    /** Vert.x copies its options; every copy leads to the same context. */
    private static final class PreparedEngineOptions extends SSLEngineOptions {

        private final SslContext context;

        PreparedEngineOptions(SslContext context) {
            this.context = context;
        }

        private PreparedEngineOptions(PreparedEngineOptions other) {
            super(other);
            this.context = other.context;
        }

        @Override
        public SSLEngineOptions copy() {
            return new PreparedEngineOptions(this);
        }

        @Override
        public SslContextFactory sslContextFactory() {
            return () -> context;
        }
    }

    /** Vert.x insists on being given keys; ours are in the context already. */
    private enum KeysInContext implements KeyCertOptions {
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
        @SuppressWarnings("deprecation") // the interface still has it
        public @Nullable Function<String, X509KeyManager> keyManagerMapper(Vertx vertx) {
            return null;
        }

        @Override
        public @Nullable Function<String, KeyManagerFactory> keyManagerFactoryMapper(Vertx vertx) {
            return null;
        }
    }
}
