package dev.keyless.keyserver.net;

import dev.keyless.keyserver.net.ListenerEvents.Ending;
import dev.keyless.keyserver.tls.Doorkeeper;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;

/** Counts connections from accept to close, in all and by address, and turns away what is too many. Any thread. */
final class Gate implements Doorkeeper {

    /**
     * A connection's turn: what it may bring in before the event loop looks at the next one. With requests of a kilobyte
     * that is 16 of them.
     */
    private static final RecvByteBufAllocator TURN = new FixedRecvByteBufAllocator(16 * 1024).maxMessagesPerRead(1);

    /** Answers that wait for a slow reader: at the upper mark its requests stay unread. */
    private static final WriteBufferWaterMark WRITE_MARKS = new WriteBufferWaterMark(32 * 1024, 64 * 1024);

    private final Limits limits;
    private final ListenerEvents events;
    private final AtomicInteger all = new AtomicInteger();
    private final ConcurrentMap<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();
    private final Set<Channel> listening = ConcurrentHashMap.newKeySet();

    Gate(Limits limits, ListenerEvents events) {
        this.limits = limits;
        this.events = events;
    }

    @Override
    public boolean admit(Channel channel) {
        listening.add(channel.parent());
        if (!count(channel)) return false;
        channel.config()
                .setRecvByteBufAllocator(TURN)
                .setWriteBufferWaterMark(WRITE_MARKS)
                .setAllocator(PooledByteBufAllocator.DEFAULT);
        return true;
    }

    private boolean count(Channel channel) {
        InetAddress address = ((InetSocketAddress) channel.remoteAddress()).getAddress();
        if (all.incrementAndGet() > limits.connections()) {
            all.decrementAndGet();
            return refused(channel, "limit of " + limits.connections() + " connections in all");
        }
        if (byAddress.merge(address, 1, Integer::sum) > limits.connectionsPerAddress()) {
            uncount(address);
            return refused(channel, "limit of " + limits.connectionsPerAddress() + " connections from one address");
        }
        channel.closeFuture().addListener(ignored -> uncount(address));
        return true;
    }

    private void uncount(InetAddress address) {
        all.decrementAndGet();
        byAddress.computeIfPresent(address, (ignored, count) -> count == 1 ? null : count - 1);
    }

    private boolean refused(Channel channel, String why) {
        events.ended(channel.remoteAddress(), Ending.TOO_MANY, why);
        return false;
    }

    @Override
    public void handshakeFailed(SocketAddress remote, Throwable cause) {
        // BoringSSL wraps the reason; a client that just leaves is no TLS failure but is counted all the same
        Throwable root = cause;
        while (root instanceof SSLException && root.getCause() != null) root = root.getCause();
        events.ended(remote, Ending.HANDSHAKE_FAILED, root.getClass().getSimpleName() + ": " + root.getMessage());
    }

    /** Connections now, those in their handshake included. */
    int connections() {
        return all.get();
    }

    /**
     * Closes the listening socket and leaves the connections alone, which closing the server would not. It is known only
     * from a connection; if there never was one, nothing happens, and nothing needs to be left alone.
     */
    void stopAccepting() {
        for (Channel channel : listening) {
            var _ = channel.close();
        }
    }
}
