package dev.keyless.sandbox.edge;

import dev.keyless.sandbox.edge.EdgeMetrics.HandshakeOutcome;
import dev.keyless.sandbox.edge.EdgeMetrics.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SniCompletionEvent;
import io.netty.handler.ssl.SslClientHelloHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** Reads a visitor's ClientHello, chooses the certificate, and gives its place to the handler that does the handshake. */
final class ClientHelloHandler extends SslClientHelloHandler<ClientHelloHandler.Choice> {

    /** A ClientHello with post-quantum key shares has some 2 KB; there is nothing to say in more than this. */
    private static final int MAX_CLIENT_HELLO_LENGTH = 16 * 1024;

    private final Supplier<Sites> sites;
    private final EdgeMetrics metrics;
    private final Duration timeout;
    private long deadline;
    private @Nullable Future<?> timer;
    private boolean refused;

    ClientHelloHandler(Supplier<Sites> sites, EdgeMetrics metrics, Duration timeout) {
        super(MAX_CLIENT_HELLO_LENGTH);
        this.sites = sites;
        this.metrics = metrics;
        this.timeout = timeout;
    }

    /** What follows from a ClientHello. */
    sealed interface Choice {}

    private record Serve(SiteContext context, String serverName) implements Choice {}

    private record Refuse(Refusal reason, Alert alert) implements Choice {}

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        deadline = System.nanoTime() + timeout.toNanos();
        timer = ctx.executor().schedule(() -> refuse(ctx, Refusal.TOO_SLOW), timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) throws Exception {
        cancelTimer();
        super.handlerRemoved0(ctx);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        cancelTimer();
        super.channelInactive(ctx);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        refuse(ctx, Refusal.MALFORMED);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (refused) {
            in.skipBytes(in.readableBytes());
        } else {
            super.decode(ctx, in, out);
        }
    }

    @Override
    protected Future<Choice> lookup(ChannelHandlerContext ctx, @Nullable ByteBuf message) {
        return ctx.executor().newSucceededFuture(choose(message));
    }

    private Choice choose(@Nullable ByteBuf message) {
        if (message == null) return new Refuse(Refusal.MALFORMED, Alert.UNEXPECTED_MESSAGE);
        ClientHello hello;
        try {
            hello = ClientHello.parse(message);
        } catch (IndexOutOfBoundsException e) {
            return new Refuse(Refusal.MALFORMED, Alert.DECODE_ERROR);
        }
        Optional<SiteContext> context = sites.get().choose(hello);
        return context.isPresent()
                ? new Serve(context.get(), hello.serverName().orElseThrow())
                : new Refuse(Refusal.UNKNOWN_NAME, Alert.UNRECOGNIZED_NAME);
    }

    @Override
    protected void onLookupComplete(ChannelHandlerContext ctx, Future<Choice> choice) {
        switch (choice.getNow()) {
            case Serve(SiteContext context, String serverName) -> handOver(ctx, context, serverName);
            case Refuse(Refusal reason, Alert alert) -> {
                var _ = ctx.write(alert.record());
                refuse(ctx, reason);
            }
        }
    }

    private void handOver(ChannelHandlerContext ctx, SiteContext context, String serverName) {
        InetSocketAddress remote = (InetSocketAddress) ctx.channel().remoteAddress();
        Handshake handshake = new Handshake(
                new Visitor(serverName, remote.getAddress()), ctx.channel().eventLoop());
        SslHandler tls = context.tls().newHandler(ctx.alloc());
        tls.setHandshakeTimeoutMillis(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
        watch(tls, handshake, context, ctx.pipeline());
        ctx.fireUserEventTriggered(new SniCompletionEvent(serverName));
        ctx.pipeline().replace(this, ctx.name(), tls);
    }

    private void watch(SslHandler tls, Handshake handshake, SiteContext context, ChannelPipeline pipeline) {
        SSLEngine engine = tls.engine();
        context.signing().begin(engine, handshake);
        tls.handshakeFuture().addListener(done -> {
            context.signing().end(engine);
            if (done.isSuccess()) {
                engine.getSession().putValue(SiteCertificate.class.getName(), context.certificate());
                metrics.ended(handshake.isResumption() ? HandshakeOutcome.RESUMED : HandshakeOutcome.FULL);
            } else if (handshake.isSigningFailed()) {
                // BoringSSL holds its first flight back until it is signed, and says nothing when there is no
                // signature.
                ChannelHandlerContext below = pipeline.context(tls);
                if (below != null) {
                    var _ = below.writeAndFlush(Alert.INTERNAL_ERROR.record());
                }
                metrics.ended(HandshakeOutcome.SIGNATURE_FAILED);
            } else {
                metrics.ended(HandshakeOutcome.FAILED);
            }
        });
    }

    private void refuse(ChannelHandlerContext ctx, Refusal reason) {
        cancelTimer();
        if (refused) return;
        refused = true;
        metrics.refused(reason);
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    private void cancelTimer() {
        if (timer != null) timer.cancel(false);
    }
}
