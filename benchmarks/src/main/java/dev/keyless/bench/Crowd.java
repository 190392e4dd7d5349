package dev.keyless.bench;

import dev.keyless.protocol.Decoded;
import dev.keyless.protocol.Frame;
import dev.keyless.protocol.FrameDecoder;
import dev.keyless.protocol.Opcode;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.Promise;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/**
 * Clients that do not behave: with TLS and a good certificate, and without manners. Plain Netty, since the project's own client
 * does none of this. All on one event loop, so that they leave the other cores to the server.
 */
final class Crowd implements AutoCloseable {

    /** Requests are sent in pieces of so many. */
    private static final int BURST = 64;

    /** Handshakes at the same time. */
    private static final int OPENING = 32;

    private final RunningServer server;
    private final SslContext tls;
    private final EventLoopGroup loop = Epoll.isAvailable() ? new EpollEventLoopGroup(1) : new NioEventLoopGroup(1);
    private final List<Channel> channels = new ArrayList<>();
    private final LongAdder answered = new LongAdder();

    Crowd(RunningServer server) {
        this.server = server;
        ClientFiles files = server.clientFiles();
        try {
            tls = SslContextBuilder.forClient()
                    .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK)
                    .keyManager(files.certificate().toFile(), files.key().toFile())
                    .trustManager(files.ca().toFile())
                    .build();
        } catch (SSLException e) {
            throw new BenchException("TLS for the misbehaving clients: " + e.getMessage(), e);
        }
    }

    /** Connections that send these requests as fast as they leave, whatever is answered; they do read the answers. */
    Crowd flood(int connections, Frame request) {
        ByteBuf burst = burst(request);
        return open(connections, () -> new Flooding(burst, true));
    }

    /** Connections that send as {@link #flood} and never read. */
    Crowd neverRead(int connections, Frame request) {
        ByteBuf burst = burst(request);
        return open(connections, () -> new Flooding(burst, false));
    }

    /** Connections that say nothing. */
    Crowd idle(int connections) {
        return open(connections, ChannelInboundHandlerAdapter::new);
    }

    /** A connection that sends a request, one byte a second. */
    Crowd trickle(Frame request) {
        ByteBuf packet = burst(request);
        return open(1, () -> new Trickling(packet));
    }

    /** Signatures that the flooding ones have received. */
    long answered() {
        return answered.sum();
    }

    /** Connections that the server has not closed. */
    long stillOpen() {
        return channels.stream().filter(Channel::isActive).count();
    }

    private ByteBuf burst(Frame request) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(BURST * request.encodedLength());
        for (int id = 0; id < BURST; id++) request.withId(id).encode(bytes);
        return Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(bytes.flip()));
    }

    private Crowd open(int count, Supplier<ChannelInboundHandlerAdapter> behaviour) {
        for (int rest = count; rest > 0; rest -= OPENING) {
            List<Promise<Channel>> opening = new ArrayList<>();
            for (int i = 0; i < Math.min(rest, OPENING); i++) opening.add(connect(behaviour.get()));
            for (Promise<Channel> one : opening) channels.add(established(one));
        }
        return this;
    }

    private Promise<Channel> connect(ChannelInboundHandlerAdapter behaviour) {
        Promise<Channel> established = new DefaultPromise<>(loop.next());
        new Bootstrap()
                .group(loop)
                .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                        channel.pipeline().addLast(new Handshake(established, behaviour));
                    }
                })
                .connect(server.address().host(), server.address().port())
                .addListener(connecting -> {
                    if (!connecting.isSuccess()) established.tryFailure(connecting.cause());
                });
        return established;
    }

    private static Channel established(Promise<Channel> promise) {
        if (!promise.awaitUninterruptibly(20, TimeUnit.SECONDS)) {
            throw new BenchException("a misbehaving client: no TLS handshake within 20 s");
        }
        if (!promise.isSuccess()) {
            throw new BenchException("a misbehaving client cannot connect: " + promise.cause(), promise.cause());
        }
        return promise.getNow();
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 10, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** Steps aside when the handshake is over. */
    private static final class Handshake extends ChannelInboundHandlerAdapter {

        private final Promise<Channel> established;
        private final ChannelInboundHandlerAdapter behaviour;

        Handshake(Promise<Channel> established, ChannelInboundHandlerAdapter behaviour) {
            this.established = established;
            this.behaviour = behaviour;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (!(event instanceof SslHandshakeCompletionEvent completion)) return;
            if (completion.isSuccess()) {
                context.pipeline().replace(this, "behaviour", behaviour);
                established.trySuccess(context.channel());
            } else {
                established.tryFailure(completion.cause());
                var _ = context.close();
            }
        }
    }

    /** Writes whenever the channel takes it. */
    private final class Flooding extends ChannelInboundHandlerAdapter {

        private final ByteBuf burst;
        private final boolean reads;

        Flooding(ByteBuf burst, boolean reads) {
            this.burst = burst;
            this.reads = reads;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            if (reads) {
                var frames = new LengthFieldBasedFrameDecoder(
                        Frame.HEADER_LENGTH + Frame.MAX_BODY_LENGTH, Short.BYTES, Short.BYTES, Integer.BYTES, 0);
                context.pipeline().addBefore(context.name(), "frames", frames);
            } else {
                context.channel().config().setAutoRead(false);
            }
            context.executor().execute(() -> write(context));
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            // as a task of its own: a write within a write would recurse
            if (context.channel().isWritable()) context.executor().execute(() -> write(context));
        }

        /** A few bursts at most: the other connections are on the same event loop. */
        private void write(ChannelHandlerContext context) {
            if (!context.channel().isActive() || !context.channel().isWritable()) return;
            var _ = context.writeAndFlush(burst.duplicate(), context.voidPromise());
            if (context.channel().isWritable()) context.executor().execute(() -> write(context));
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof ByteBuf bytes) {
                Decoded reply = FrameDecoder.decode(bytes.nioBuffer());
                if (reply instanceof Frame frame && frame.opcode() == Opcode.RESPONSE.code()) answered.increment();
            }
            ReferenceCountUtil.release(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var _ = context.close();
        }
    }

    private static final class Trickling extends ChannelInboundHandlerAdapter {

        private final ByteBuf packet;
        private int next;

        Trickling(ByteBuf packet) {
            this.packet = packet;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            long second = Duration.ofSeconds(1).toMillis();
            var sending =
                    context.executor().scheduleAtFixedRate(() -> sendByte(context), 0, second, TimeUnit.MILLISECONDS);
            context.channel().closeFuture().addListener(_ -> sending.cancel(false));
        }

        private void sendByte(ChannelHandlerContext context) {
            ByteBuf one = Unpooled.buffer(1).writeByte(packet.getByte(next++ % packet.readableBytes()));
            var _ = context.writeAndFlush(one, context.voidPromise());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var _ = context.close();
        }
    }
}
