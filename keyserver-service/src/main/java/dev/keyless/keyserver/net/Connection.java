package dev.keyless.keyserver.net;

import dev.keyless.keyserver.net.ListenerEvents.Ending;
import dev.keyless.keyserver.peers.Peer;
import dev.keyless.keyserver.signing.Decision;
import dev.keyless.keyserver.signing.Outcome;
import dev.keyless.keyserver.signing.Served;
import dev.keyless.keyserver.signing.SigningPool;
import dev.keyless.keyserver.tls.GuardedSslHandler;
import dev.keyless.protocol.Decoded;
import dev.keyless.protocol.ErrorCode;
import dev.keyless.protocol.Frame;
import dev.keyless.protocol.NeedMore;
import dev.keyless.protocol.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One peer's connection, from the end of its handshake on. Everything runs on the channel's event loop but {@link
 * #finished}, which the signing pool calls.
 *
 * <p>Reading stops while {@link Limits#pendingPerConnection} requests are pending, while the server as a whole has too
 * many, and while the peer does not take its answers; what the peer sends meanwhile stays in its socket. So memory is
 * bounded by configuration whatever the peer does.
 */
final class Connection extends ChannelInboundHandlerAdapter {

    /** Answers are collected until the read is dealt with, or until there are so many bytes of them. */
    private static final int WRITE_CHUNK = 32 * 1024;

    /** What one read may bring; with as much waiting for its turn, nothing more is read. */
    private static final int MAX_UNREAD = 16 * 1024;

    /** How long a peer may go on sending after we have said our last word. */
    private static final long LINGER_SECONDS = 2;

    private final ConnectionContext shared;
    private final Turns turns;
    private final Limits limits;
    private final Peer peer;
    private final SocketAddress remote;
    private final SigningPool.Lane lane;

    /** Oldest first; answered ones stay until they reach the head. */
    private final Deque<Exchange> pending = new ArrayDeque<>();

    private final Queue<Exchange> finished = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean collecting = new AtomicBoolean();

    private final ChannelHandlerContext context;
    private final Inbox inbox;
    private @Nullable ByteBuf answers;
    private int pendingWeight;

    /** What the inbox counts for among all. */
    private int charged;

    private boolean reading = true;

    /** A limit forbids to take the next request. */
    private boolean blocked;

    private boolean waitsForRoom;
    private boolean awaitsTurn;
    private @Nullable Ending leaving;
    private String leavingDetail = "";
    private @Nullable Ending ending;
    private boolean closed;

    private long lastRequestAt;
    private long unwritableSince;

    Connection(ConnectionContext shared, Turns turns, Peer peer, ChannelHandlerContext next) {
        this.shared = shared;
        this.turns = turns;
        this.limits = shared.limits();
        this.peer = peer;
        this.remote = next.channel().remoteAddress();
        this.lane = shared.pool().lane();
        this.lastRequestAt = System.nanoTime();
        next.pipeline().addBefore(next.name(), "keyless", this);
        this.context = next.pipeline().context(this);
        this.inbox = new Inbox(context.alloc());
    }

    // ---- reading ----

    @Override
    public void channelRead(ChannelHandlerContext ignored, Object message) {
        if (ending != null || !(message instanceof ByteBuf bytes)) {
            ReferenceCountUtil.release(message);
            return;
        }
        inbox.add(bytes);
        if (blocked || awaitsTurn) steerReading();
        else takeRequests();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ignored) {
        flush();
    }

    /** The next turn; see {@link Turns}. */
    void turn() {
        awaitsTurn = false;
        if (!blocked) takeRequests();
        flush();
        endIfDone();
    }

    /** Deals with the requests that have arrived whole, as far as limits and turn allow. */
    private void takeRequests() {
        int turn = turns.size();
        int taken = 0;
        while (ending == null && !inbox.isEmpty()) {
            if (!mayTake()) {
                blocked = true;
                askForRoom();
                break;
            }
            if (taken == turn) {
                awaitsTurn = true;
                turns.await(this);
                break;
            }
            if (!deal(inbox.next())) break;
            taken++;
        }
        turns.took(taken);
        inbox.shrink();
        if (!chargeUnread()) end(Ending.NO_ROOM, "");
        steerReading();
    }

    /** Whether there may be more. */
    private boolean deal(Decoded decoded) {
        switch (decoded) {
            case Frame request -> take(request);
            case ProtocolViolation violation -> refuse(violation);
            case NeedMore _ -> {
                return false;
            }
        }
        return true;
    }

    private boolean chargeUnread() {
        int before = charged;
        charged = Unread.charge(inbox.capacity());
        return shared.unread().update(before, charged);
    }

    private boolean mayTake() {
        return pendingWeight < limits.pendingPerConnection()
                && context.channel().isWritable()
                && shared.pending().hasRoom();
    }

    private void take(Frame request) {
        long readAt = System.nanoTime();
        lastRequestAt = readAt;
        Decision decision = shared.policy().decide(peer, request);
        long decidedAt = System.nanoTime();
        switch (decision) {
            case Decision.Settled(Outcome outcome) -> answer(request, outcome, decidedAt - readAt, 0, 0, readAt);
            case Decision.Perform work
            when work.cheap() -> {
                Outcome outcome = work.outcome();
                answer(request, outcome, decidedAt - readAt, 0, System.nanoTime() - decidedAt, readAt);
            }
            case Decision.Perform work -> {
                Exchange exchange = new Exchange(this, work, readAt, decidedAt);
                pending.add(exchange);
                pendingWeight += exchange.weight;
                shared.pending().add(exchange.weight);
                lane.submit(exchange);
            }
        }
    }

    private void refuse(ProtocolViolation violation) {
        lastRequestAt = System.nanoTime();
        shared.events().violation(peer, violation.reason());
        write(Frame.error(violation.id(), violation.error()));
        if (violation.inFrame()) return;
        inbox.clear();
        leave(Ending.OUT_OF_FRAME, violation.reason());
    }

    // ---- flow control ----

    /** Reads on as long as what is read can be dealt with; the rest stays in the socket. */
    private void steerReading() {
        boolean enough = awaitsTurn && inbox.size() >= MAX_UNREAD;
        boolean wanted = !blocked && !enough && leaving == null && ending == null;
        if (wanted == reading) return;
        reading = wanted;
        context.channel().config().setAutoRead(wanted);
    }

    /** If nothing of our own will wake us: neither an answer still to come, nor the peer taking what it was sent. */
    private void askForRoom() {
        if (waitsForRoom || !ownLimitsAllow()) return;
        waitsForRoom = true;
        shared.pending().whenRoom(() -> context.executor().execute(this::roomAgain));
    }

    /** Well below them, so that reading does not stop and go on with every answer. */
    private boolean ownLimitsAllow() {
        return pendingWeight <= limits.pendingPerConnection() / 2
                && context.channel().isWritable();
    }

    private void roomAgain() {
        waitsForRoom = false;
        goOn();
    }

    private void goOn() {
        resume();
        flush();
        endIfDone();
    }

    /** Goes on where a limit has stopped it, if that is over. */
    private void resume() {
        if (!blocked || ending != null || !ownLimitsAllow()) return;
        if (!shared.pending().hasRoom()) {
            askForRoom();
            return;
        }
        blocked = false;
        if (!awaitsTurn) takeRequests();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ignored) {
        if (context.channel().isWritable()) {
            unwritableSince = 0;
            goOn();
        } else {
            unwritableSince = System.nanoTime();
        }
        context.fireChannelWritabilityChanged();
    }

    // ---- answering ----

    /** Called by the signing pool: the exchange needs nothing more from it. */
    void finished(Exchange exchange) {
        finished.add(exchange);
        if (collecting.compareAndSet(false, true)) context.executor().execute(this::collect);
    }

    private void collect() {
        collecting.set(false);
        for (Exchange exchange = finished.poll(); exchange != null; exchange = finished.poll()) {
            if (closed) continue;
            pendingWeight -= exchange.weight;
            shared.pending().remove(exchange.weight);
            if (exchange.answered() || ending != null) continue;
            exchange.markAnswered();
            answer(
                    exchange.request,
                    exchange.outcome(),
                    exchange.decidedAt - exchange.readAt,
                    exchange.startedAt - exchange.decidedAt,
                    exchange.finishedAt - exchange.startedAt,
                    exchange.readAt);
        }
        while (!pending.isEmpty() && pending.getFirst().answered()) pending.removeFirst();
        goOn();
    }

    private void answer(Frame request, Outcome outcome, long decision, long wait, long work, long readAt) {
        write(outcome.reply(request.id()));
        long total = System.nanoTime() - readAt;
        shared.events().served(new Served(peer, request, outcome, decision, wait, work, total));
    }

    private void write(Frame reply) {
        int length = reply.encodedLength();
        ByteBuf out = answers;
        if (out == null) {
            out = context.alloc().directBuffer(Math.max(length, 4 * Frame.PADDED_LENGTH));
            answers = out;
        }
        out.ensureWritable(length);
        reply.encode(out.internalNioBuffer(out.writerIndex(), length));
        out.writerIndex(out.writerIndex() + length);
        if (out.readableBytes() >= WRITE_CHUNK) {
            answers = null;
            var _ = context.write(out, context.voidPromise());
        }
    }

    private void flush() {
        ByteBuf out = answers;
        answers = null;
        if (out != null) {
            var _ = context.writeAndFlush(out, context.voidPromise());
        } else {
            context.flush();
        }
    }

    // ---- time ----

    /** Looks at everything that can take too long. Called every so often. */
    void check(long now) {
        answerOverdue(now);
        if (ending != null) return;
        if (unwritableSince != 0 && now - unwritableSince > limits.writeStallNanos()) {
            end(Ending.WRITE_STALL, "");
        } else if (!blocked && !awaitsTurn && inbox.partialNanos(now) > limits.readStallNanos()) {
            end(Ending.READ_STALL, "");
        } else if (pendingWeight == 0 && !blocked && !awaitsTurn && now - lastRequestAt > limits.idleNanos()) {
            end(Ending.IDLE, "");
        }
    }

    private void answerOverdue(long now) {
        boolean any = false;
        for (Exchange exchange : pending) {
            if (now - exchange.readAt <= limits.deadlineNanos()) break;
            if (exchange.answered()) continue;
            exchange.markAnswered();
            any = true;
            long decision = exchange.decidedAt - exchange.readAt;
            Outcome outcome = new Outcome.Refused(ErrorCode.CRYPTO, "not done within its deadline");
            answer(exchange.request, outcome, decision, now - exchange.decidedAt, 0, exchange.readAt);
        }
        if (any) flush();
    }

    // ---- the end ----

    /** Answers what has been read, then closes. */
    void drain() {
        leave(Ending.DRAINED, "");
    }

    private void leave(Ending why, String detail) {
        if (ending != null || leaving != null) return;
        leaving = why;
        leavingDetail = detail;
        steerReading();
        endIfDone();
    }

    private void endIfDone() {
        if (leaving != null && pendingWeight == 0 && !blocked && !awaitsTurn) end(leaving, leavingDetail);
    }

    /**
     * Says no more after what has been written. The socket stays open for reading until the peer has closed too, or for a
     * moment: closing while the peer still sends would reset the connection and might take the last answers with it.
     */
    private void end(Ending why, String detail) {
        if (ending != null) return;
        ending = why;
        shared.events().ended(remote, why, detail);
        flush();
        if (why == Ending.WRITE_STALL) {
            closeNow(); // nobody takes what we would still say
            return;
        }
        GuardedSslHandler tls = context.pipeline().get(GuardedSslHandler.class);
        context.channel().config().setAutoRead(true);
        tls.stopListening();
        tls.closeOutbound().addListener(_ -> {
            ChannelHandlerContext beneath = context.pipeline().context(tls);
            if (beneath == null) return; // closed meanwhile
            // close_notify has gone out only when a write behind it has
            beneath.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> shutdownOutput());
        });
        var _ = context.executor().schedule(this::closeNow, LINGER_SECONDS, TimeUnit.SECONDS);
    }

    private void closeNow() {
        var _ = context.close();
    }

    private void shutdownOutput() {
        var _ = ((DuplexChannel) context.channel()).shutdownOutput();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ignored, Object event) {
        if (event instanceof SslCloseCompletionEvent) { // the peer's last word
            flush();
            closeNow();
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ignored, Throwable cause) {
        if (ending == null) {
            ending = Ending.IO_ERROR;
            shared.events().ended(remote, Ending.IO_ERROR, cause.getClass().getSimpleName());
        }
        closeNow();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ignored) {
        closed = true;
        if (ending == null) {
            ending = Ending.PEER_CLOSED;
            shared.events().ended(remote, Ending.PEER_CLOSED, "");
        }
        lane.clear();
        for (Exchange exchange : pending) exchange.markAnswered();
        pending.clear();
        shared.pending().remove(pendingWeight);
        pendingWeight = 0;
        inbox.clear();
        chargeUnread();
        ReferenceCountUtil.release(answers);
        answers = null;
        context.fireChannelInactive();
    }
}
