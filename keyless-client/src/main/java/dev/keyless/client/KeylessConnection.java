package dev.keyless.client;

import dev.keyless.protocol.Frame;
import dev.keyless.protocol.FrameDecoder;
import dev.keyless.protocol.NeedMore;
import dev.keyless.protocol.Opcode;
import dev.keyless.protocol.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One connection to one server, pipelined: up to {@link ClientOptions#maxInFlight()} requests are under way at a time and
 * answers come in any order. Made by {@link KeylessConnector}. Pings by itself when nothing else is sent, and closes when
 * the ping is not answered, or when the server sends what is no answer.
 *
 * <p>All state belongs to the connection's event loop. Other threads leave their requests in a queue and wake the loop up
 * once for all of them.
 */
public final class KeylessConnection implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(KeylessConnection.class.getName());

    /** Requests are encoded into buffers of about this size: four TLS records. */
    private static final int BATCH_LENGTH = 64 * 1024;

    /** The C key server wants a payload even in a ping. */
    private static final byte[] PING_PAYLOAD = {'p', 'i', 'n', 'g'};

    private final ServerAddress server;
    private final Channel channel;
    private final EventLoop loop;
    private final int maxInFlight;
    private final long deadlineNanos;
    private final long pingIntervalNanos;
    private final long pingTimeoutNanos;

    private final AtomicInteger inFlight = new AtomicInteger();
    private final Queue<Pending> arriving = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean awake = new AtomicBoolean();
    private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();
    private volatile @Nullable UnavailableException closeReason;
    private volatile boolean suspect;
    private volatile long roundTripNanos = -1;

    // The event loop's own.
    private final InFlightTable outstanding;
    private final ArrayDeque<Pending> unsent = new ArrayDeque<>();
    private @Nullable ChannelHandlerContext context;
    private @Nullable ByteBuf received;
    private @Nullable ScheduledFuture<?> sweep;
    private boolean reading;
    private boolean flushPlanned;
    private boolean pinging;
    private long lastSent = System.nanoTime();
    private long lastReceived = lastSent;

    /** On the channel's event loop. */
    KeylessConnection(ServerAddress server, Channel channel, ClientOptions options) {
        this.server = server;
        this.channel = channel;
        loop = channel.eventLoop();
        maxInFlight = options.maxInFlight();
        deadlineNanos = options.deadline().toNanos();
        pingIntervalNanos = options.pingInterval().toNanos();
        pingTimeoutNanos = options.connectTimeout().toNanos();
        outstanding = new InFlightTable(maxInFlight + 1);
    }

    /** Puts itself into the pipeline, in front of the handler named. On the event loop. */
    void install(String before, Duration sweepInterval) {
        channel.pipeline().addBefore(before, "keyless", new Wire());
        long nanos = sweepInterval.toNanos();
        sweep = loop.scheduleWithFixedDelay(this::sweep, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    /** Sends a request under an id of our own choosing; the frame's id does not matter. Completes with the raw reply. */
    public CompletionStage<Frame> send(Frame request) {
        ReplyFuture reply = new ReplyFuture();
        send(request, reply);
        return reply;
    }

    /**
     * As {@link #send(Frame)} without a future. What is sent from within a handler of this connection leaves together
     * with what the other handlers of the same read send. Without a free place the handler is called before this returns.
     */
    public void send(Frame request, ReplyHandler handler) {
        send(request, handler, System.nanoTime() + deadlineNanos);
    }

    private void send(Frame request, ReplyHandler handler, long expiresAt) {
        if (tryReserve()) sendReserved(request, handler, expiresAt);
        else handler.failed(new OverloadedException(server + ": " + maxInFlight + " requests are in flight already"));
    }

    /** Sends a ping and completes with the time that it took; fails if the connect time-out passes without an answer. */
    public CompletionStage<Duration> ping() {
        long start = System.nanoTime();
        ReplyFuture answer = new ReplyFuture();
        send(pingRequest(), answer, start + pingTimeoutNanos);
        return answer.thenApply(reply -> {
            if (reply.opcode() != Opcode.PONG.code()) throw new RefusedException(reply.payload()[0] & 0xFF, server);
            return Duration.ofNanos(roundTripNanos = System.nanoTime() - start);
        });
    }

    public ServerAddress server() {
        return server;
    }

    /** Requests sent and not yet answered. */
    public int inFlight() {
        return inFlight.get();
    }

    public boolean isOpen() {
        return closeReason == null;
    }

    /** Completes when the connection is closed, by whomever. */
    public CompletionStage<@Nullable Void> closed() {
        return closed.minimalCompletionStage();
    }

    /** Closes at once; what is in flight fails with {@link UnavailableException}. */
    @Override
    public void close() {
        run(() -> fail("closed by the client", null));
    }

    /** Why it is closed; null while it is open. */
    @Nullable
    String closeReason() {
        UnavailableException reason = closeReason;
        return reason == null ? null : reason.getMessage();
    }

    /** How long the last ping took. */
    Optional<Duration> roundTrip() {
        long nanos = roundTripNanos;
        return nanos < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(nanos));
    }

    /** Whether a request ran out of time and nothing at all was heard since it was sent. */
    boolean isSuspect() {
        return suspect;
    }

    /** Takes one of the places in flight, to be used by {@link #sendReserved}. */
    boolean tryReserve() {
        if (inFlight.incrementAndGet() <= maxInFlight) return true;
        inFlight.decrementAndGet();
        return false;
    }

    void sendReserved(Frame request, ReplyHandler handler, long expiresAt) {
        arrive(new Pending(request, handler, expiresAt, true));
    }

    // --- from any thread to the event loop ---------------------------------------------------

    private void arrive(Pending pending) {
        if (loop.inEventLoop()) {
            take(pending);
            planFlush();
            return;
        }
        arriving.add(pending);
        if (awake.compareAndSet(false, true)) run(this::takeArrived);
    }

    private void takeArrived() {
        awake.set(false);
        for (Pending next = arriving.poll(); next != null; next = arriving.poll()) take(next);
        if (!reading) flush();
    }

    private void run(Runnable task) {
        try {
            if (loop.inEventLoop()) task.run();
            else loop.execute(task);
        } catch (RejectedExecutionException e) {
            // The loop has ended, and with it every channel on it.
            fail("the event loop has ended", e);
            task.run();
        }
    }

    private void take(Pending pending) {
        UnavailableException reason = closeReason;
        if (reason == null) {
            pending.takenAt = System.nanoTime();
            outstanding.add(pending);
            unsent.add(pending);
        } else {
            settleFailed(pending, reason);
        }
    }

    // --- writing -----------------------------------------------------------------------------

    /** Once per read, or else once per turn of the event loop. */
    private void planFlush() {
        if (reading || flushPlanned) return;
        flushPlanned = true;
        loop.execute(() -> {
            flushPlanned = false;
            flush();
        });
    }

    /** A server that does not read makes the channel unwritable: then requests wait here, where they can still expire. */
    private void flush() {
        ChannelHandlerContext to = context;
        if (to == null || unsent.isEmpty() || closeReason != null) return;
        boolean written = false;
        while (!unsent.isEmpty() && channel.isWritable()) {
            var _ = to.write(nextBatch(to), to.voidPromise());
            written = true;
        }
        if (written) {
            lastSent = System.nanoTime();
            to.flush();
        }
    }

    private ByteBuf nextBatch(ChannelHandlerContext to) {
        int length = unsent.element().request.encodedLength();
        ByteBuf batch = to.alloc().directBuffer(Math.max(length, Math.min(BATCH_LENGTH, unsent.size() * length)));
        ByteBuffer out = batch.internalNioBuffer(0, batch.capacity());
        int start = out.position();
        Pending next = unsent.peek();
        while (next != null && next.request.encodedLength() <= out.remaining()) {
            int at = out.position();
            next.request.encode(out);
            out.putInt(at + 4, next.id);
            unsent.remove();
            next = unsent.peek();
        }
        return batch.writerIndex(out.position() - start);
    }

    // --- reading -----------------------------------------------------------------------------

    private void read(ChannelHandlerContext from, ByteBuf data) {
        reading = true;
        lastReceived = System.nanoTime();
        if (suspect) suspect = false;
        ByteBuf all =
                received == null ? data : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(from.alloc(), received, data);
        received = null;
        boolean inFrame = decode(all);
        if (inFrame && all.isReadable()) received = all;
        else all.release();
    }

    /** Whether what is left is the beginning of a packet, and the connection still open. */
    private boolean decode(ByteBuf from) {
        ByteBuffer in = from.nioBuffer();
        int start = in.position();
        while (closeReason == null) {
            switch (FrameDecoder.decode(in)) {
                case Frame reply -> settle(reply);
                case NeedMore _ -> {
                    from.skipBytes(in.position() - start);
                    return true;
                }
                case ProtocolViolation violation -> fail("sent what is no packet: " + violation.reason(), null);
            }
        }
        return false;
    }

    private void settle(Frame reply) {
        Pending pending = outstanding.remove(reply.id());
        if (pending == null) return; // too late: its request has expired
        String problem = Replies.problem(pending.request, reply);
        if (problem != null) {
            outstanding.add(pending); // fails with the others
            fail(problem, null);
            return;
        }
        release(pending);
        try {
            pending.handler.replied(reply);
        } catch (RuntimeException e) {
            logBug(e);
        }
    }

    private void settleFailed(Pending pending, KeylessException cause) {
        release(pending);
        try {
            pending.handler.failed(cause);
        } catch (RuntimeException e) {
            logBug(e);
        }
    }

    /** Before the handler hears of it, so that it can send again. */
    private void release(Pending pending) {
        if (pending.counted) inFlight.decrementAndGet();
    }

    private static void logBug(RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "a reply handler failed", e);
    }

    // --- time --------------------------------------------------------------------------------

    private void sweep() {
        long now = System.nanoTime();
        boolean silent = false;
        for (Pending pending : outstanding.removeExpired(now)) {
            silent |= pending.takenAt - lastReceived > 0;
            settleFailed(pending, new DeadlineExceededException(server + ": no answer in time"));
        }
        if (unsent.removeIf(pending -> pending.expired) || silent) suspect = true;
        if (!pinging && closeReason == null && (suspect || now - lastSent >= pingIntervalNanos)) sendPing(now);
        flush();
    }

    private void sendPing(long now) {
        pinging = true;
        take(new Pending(pingRequest(), new OwnPing(now), now + pingTimeoutNanos, false));
    }

    private static Frame pingRequest() {
        return Frame.request(Opcode.PING).payload(PING_PAYLOAD).build();
    }

    private final class OwnPing implements ReplyHandler {

        private final long start;

        OwnPing(long start) {
            this.start = start;
        }

        @Override
        public void replied(Frame reply) {
            pinging = false;
            roundTripNanos = System.nanoTime() - start;
        }

        @Override
        public void failed(KeylessException cause) {
            if (cause instanceof DeadlineExceededException) {
                fail("did not answer a ping within " + Duration.ofNanos(pingTimeoutNanos), null);
            }
        }
    }

    // --- the end -----------------------------------------------------------------------------

    private void fail(String reason, @Nullable Throwable cause) {
        if (closeReason != null) return;
        UnavailableException failure = new UnavailableException(server + ": " + reason, cause);
        closeReason = failure;
        if (sweep != null) sweep.cancel(false);
        var _ = channel.close();
        unsent.clear();
        for (Pending pending : outstanding.removeAll()) settleFailed(pending, failure);
        closed.complete(null);
    }

    private final class Wire extends ChannelInboundHandlerAdapter {

        @Override
        public void handlerAdded(ChannelHandlerContext added) {
            context = added;
        }

        @Override
        public void channelRead(ChannelHandlerContext from, Object message) {
            read(from, (ByteBuf) message);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext from) {
            reading = false;
            flush();
            from.fireChannelReadComplete();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext from) {
            flush();
            from.fireChannelWritabilityChanged();
        }

        @Override
        public void channelInactive(ChannelHandlerContext from) {
            fail("the connection ended", null);
            if (received != null) received.release();
            received = null;
            from.fireChannelInactive();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
            fail(Causes.describe(cause), cause);
        }
    }

    private static final class ReplyFuture extends CompletableFuture<Frame> implements ReplyHandler {

        @Override
        public void replied(Frame reply) {
            complete(reply);
        }

        @Override
        public void failed(KeylessException cause) {
            completeExceptionally(cause);
        }
    }
}
