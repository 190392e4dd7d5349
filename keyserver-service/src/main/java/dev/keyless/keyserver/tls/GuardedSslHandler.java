package dev.keyless.keyserver.tls;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.net.SocketAddress;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;

/** A TLS handler that asks the doorkeeper first, and that can end a connection without harm to what was answered. */
public final class GuardedSslHandler extends SslHandler {

    private final Doorkeeper doorkeeper;
    private boolean deaf;

    GuardedSslHandler(SSLEngine engine, Executor executor, Doorkeeper doorkeeper) {
        super(engine, false, executor);
        this.doorkeeper = doorkeeper;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) throws Exception {
        super.handlerAdded(context);
        Channel channel = context.channel();
        if (!doorkeeper.admit(channel)) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0); // a reset: nothing of it stays behind here
            var _ = context.close();
            return;
        }
        SocketAddress remote = channel.remoteAddress();
        handshakeFuture().addListener(done -> {
            if (!done.isSuccess()) doorkeeper.handshakeFailed(remote, done.cause());
        });
    }

    /** From now on, whatever arrives is thrown away without being decrypted. */
    public void stopListening() {
        deaf = true;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (deaf) {
            ReferenceCountUtil.release(message);
        } else {
            super.channelRead(context, message);
        }
    }
}
