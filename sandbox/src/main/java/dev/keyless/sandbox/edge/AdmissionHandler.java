package dev.keyless.sandbox.edge;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslHandler;
import java.security.NoSuchAlgorithmException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * The first handler of a connection: closes it if there are too many, else gives its place to the next one. It is an
 * {@link SslHandler} in name only, because that is what Vert.x asks a TLS context for; which context it will be is known
 * only after the ClientHello.
 */
final class AdmissionHandler extends SslHandler {

    private static final SSLEngine NEVER_USED = anyEngine();

    private final EdgeMetrics metrics;
    private final int maxConnections;
    private final Supplier<ChannelHandler> next;

    AdmissionHandler(EdgeMetrics metrics, int maxConnections, Supplier<ChannelHandler> next) {
        super(NEVER_USED);
        this.metrics = metrics;
        this.maxConnections = maxConnections;
        this.next = next;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (metrics.opened(maxConnections)) {
            ctx.channel().closeFuture().addListener(ignored -> metrics.closed());
            ctx.pipeline().replace(this, ctx.name(), next.get());
        } else {
            // Reset rather than closed in order: a flood leaves no connections behind that wait for their end.
            ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            var _ = ctx.close();
        }
    }

    @Override
    public void handlerRemoved0(ChannelHandlerContext ctx) {
        // There is no handshake of this handler's that could have failed.
    }

    private static SSLEngine anyEngine() {
        try {
            return SSLContext.getDefault().createSSLEngine();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }
}
