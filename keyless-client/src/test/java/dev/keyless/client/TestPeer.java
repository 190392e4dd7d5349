package dev.keyless.client;

import dev.keyless.protocol.Decoded;
import dev.keyless.protocol.Frame;
import dev.keyless.protocol.FrameDecoder;
import dev.keyless.protocol.NeedMore;
import dev.keyless.protocol.Opcode;
import dev.keyless.protocol.ProtocolViolation;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The other end: mutual TLS, the keyless protocol, and no cryptography: the "signature" is the payload with one byte in
 * front. Strict about what it gets; {@link #complaints()} has what a client did wrong.
 */
final class TestPeer implements AutoCloseable {

    static final byte MARK = 0x5A;

    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger requests = new AtomicInteger();
    final AtomicInteger pings = new AtomicInteger();
    final AtomicInteger mostOutstanding = new AtomicInteger();

    private final NetServer server;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<Session> sessions = new CopyOnWriteArrayList<>();
    private volatile Fault fault = new Fault.None();

    private TestPeer(NetServer server) {
        this.server = server;
    }

    static NetServerOptions options(TestPki pki, TestPki.Identity identity) {
        return new NetServerOptions()
                .setHost("127.0.0.1")
                .setPort(0)
                .setSsl(true)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
                .setClientAuth(ClientAuth.REQUIRED)
                .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(pki.caPem())))
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertValue(Buffer.buffer(identity.certificatePem()))
                        .addKeyValue(Buffer.buffer(identity.keyPem())));
    }

    static TestPeer start(Vertx vertx, NetServerOptions options) throws Exception {
        TestPeer peer = new TestPeer(vertx.createNetServer(options));
        peer.server.connectHandler(socket -> peer.sessions.add(peer.new Session(socket)));
        peer.server.listen().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        return peer;
    }

    ServerAddress address() {
        return new ServerAddress("127.0.0.1", server.actualPort());
    }

    TestPeer with(Fault newFault) {
        fault = newFault;
        if (newFault instanceof Fault.Deaf) sessions.forEach(session -> session.socket.pause());
        return this;
    }

    /** Answers everything that was held back. */
    void release() {
        fault = new Fault.None();
        sessions.forEach(Session::release);
    }

    /** Cuts every connection, and goes on accepting. */
    void cut() {
        sessions.forEach(session -> session.socket.close());
    }

    List<String> complaints() {
        return complaints;
    }

    @Override
    public void close() {
        server.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private final class Session {

        private final NetSocket socket;
        private final Set<Integer> outstanding = new HashSet<>();
        private final List<Frame> held = new ArrayList<>();
        private Buffer received = Buffer.buffer();
        private int answered;

        Session(NetSocket socket) {
            this.socket = socket;
            connections.incrementAndGet();
            socket.exceptionHandler(_ -> {});
            socket.handler(this::read);
        }

        private synchronized void read(Buffer data) {
            received.appendBuffer(data);
            ByteBuffer in = ByteBuffer.wrap(received.getBytes());
            while (true) {
                Decoded decoded = FrameDecoder.decode(in);
                switch (decoded) {
                    case Frame request -> take(request);
                    case NeedMore _ -> {
                        received = Buffer.buffer(Arrays.copyOfRange(in.array(), in.position(), in.limit()));
                        return;
                    }
                    case ProtocolViolation violation -> {
                        complaints.add(violation.reason());
                        socket.close();
                        return;
                    }
                }
            }
        }

        private void take(Frame request) {
            if (!outstanding.add(request.id())) complaints.add("id " + request.id() + " is outstanding already");
            mostOutstanding.accumulateAndGet(outstanding.size(), Math::max);
            boolean ping = request.opcode() == Opcode.PING.code();
            (ping ? pings : requests).incrementAndGet();
            if (fault instanceof Fault.Silence) return;
            if (fault instanceof Fault.RefuseAll(var error)) reply(Frame.error(request.id(), error));
            else if (ping) reply(Frame.pong(request.id(), request.payload()));
            else answer(request);
        }

        private void answer(Frame request) {
            switch (fault) {
                case Fault.Hold _ -> held.add(request);
                case Fault.Reverse(int count) -> {
                    held.addFirst(request);
                    if (held.size() == count) release();
                }
                case Fault.CutAfter(int count) -> {
                    if (answered++ < count) reply(signed(request));
                    else socket.close();
                }
                case Fault.Garbage _ -> socket.write(Buffer.buffer("HTTP/1.1 400 Bad Request\r\n\r\n"));
                case Fault.NoReply _ -> reply(request);
                case Fault.EmptyResult _ -> reply(Frame.response(request.id(), new byte[0]));
                case Fault.Pieces(int length) -> {
                    byte[] packet = signed(request).encode();
                    outstanding.remove(request.id());
                    for (int at = 0; at < packet.length; at += length) {
                        socket.write(
                                Buffer.buffer(Arrays.copyOfRange(packet, at, Math.min(packet.length, at + length))));
                    }
                }
                case Fault.Refuse(var error) -> reply(Frame.error(request.id(), error));
                case Fault.None _, Fault.Silence _, Fault.Deaf _, Fault.RefuseAll _ -> reply(signed(request));
            }
        }

        private synchronized void release() {
            held.forEach(request -> reply(signed(request)));
            held.clear();
        }

        private void reply(Frame frame) {
            outstanding.remove(frame.id());
            socket.write(Buffer.buffer(frame.encode()));
        }
    }

    private static Frame signed(Frame request) {
        return Frame.response(request.id(), signed(request.payload()));
    }

    /** What this peer answers to a payload. */
    static byte[] signed(byte[] payload) {
        byte[] result = new byte[payload.length + 1];
        result[0] = MARK;
        System.arraycopy(payload, 0, result, 1, payload.length);
        return result;
    }
}
