package dev.keyless.sandbox.edge;

import dev.keyless.protocol.Digest;
import dev.keyless.protocol.ErrorCode;
import dev.keyless.protocol.Frame;
import dev.keyless.protocol.FrameDecoder;
import dev.keyless.protocol.NeedMore;
import dev.keyless.protocol.Opcode;
import dev.keyless.protocol.ProtocolViolation;
import dev.keyless.protocol.Ski;
import dev.keyless.sandbox.pki.CertificateAuthority;
import dev.keyless.sandbox.pki.CertificateSpec;
import dev.keyless.sandbox.pki.Identity;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Cipher;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** A key server made of the JDK alone: mutual TLS, the keyless protocol, keys in memory. It can be told to misbehave. */
final class KeyServerStandIn implements AutoCloseable {

    /** What it does with the next requests. */
    sealed interface Behaviour {
        /** Signs. */
        record Sign() implements Behaviour {}

        /** Answers with an error. */
        record Refuse(ErrorCode error) implements Behaviour {}

        /** Answers when the latch is released. */
        record Wait(CountDownLatch until) implements Behaviour {}

        /** Closes the connection instead of an answer. */
        record HangUp() implements Behaviour {}
    }

    private static final char[] NO_PASSWORD = {};

    private final Map<Ski, PrivateKey> keys = new ConcurrentHashMap<>();
    private final SSLServerSocket socket;
    private final List<SSLSocket> connections = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger signatures = new AtomicInteger();
    private final ConcurrentLinkedQueue<Frame> requests = new ConcurrentLinkedQueue<>();
    private volatile Behaviour behaviour = new Behaviour.Sign();
    private boolean closed;

    private KeyServerStandIn(SSLServerSocket socket) {
        this.socket = socket;
    }

    static KeyServerStandIn start(CertificateAuthority ca) throws GeneralSecurityException, IOException {
        return start(ca, 0);
    }

    static KeyServerStandIn start(CertificateAuthority ca, int port) throws GeneralSecurityException, IOException {
        Identity identity = ca.issue(CertificateSpec.server("localhost", "127.0.0.1"));
        SSLServerSocket socket =
                (SSLServerSocket) context(ca, identity).getServerSocketFactory().createServerSocket();
        socket.setReuseAddress(true);
        socket.setNeedClientAuth(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        KeyServerStandIn server = new KeyServerStandIn(socket);
        server.run(server::accept);
        return server;
    }

    KeyServerStandIn with(Identity... identities) {
        for (Identity identity : identities) keys.put(identity.ski(), identity.key());
        return this;
    }

    void behave(Behaviour how) {
        behaviour = how;
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Signatures made. */
    int signatures() {
        return signatures.get();
    }

    List<Frame> signingRequests() {
        return requests.stream().toList();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        synchronized (connections) {
            closed = true;
            for (SSLSocket connection : connections) connection.close();
        }
        threads.shutdownNow();
    }

    @FunctionalInterface
    private interface Work {
        void go() throws Exception;
    }

    /** Whatever goes wrong ends a connection only; bugs of the stand-in itself are printed. */
    private void run(Work work) {
        threads.execute(() -> {
            try {
                work.go();
            } catch (IOException | InterruptedException | RejectedExecutionException e) {
                // the peer has gone, or the test is over
            } catch (Exception e) {
                throw new IllegalStateException("the stand-in cannot answer", e);
            }
        });
    }

    private void accept() throws IOException {
        while (!socket.isClosed()) {
            SSLSocket connection = (SSLSocket) socket.accept();
            synchronized (connections) {
                if (closed) connection.close();
                connections.add(connection);
            }
            run(() -> serve(connection));
        }
    }

    private void serve(SSLSocket connection) throws IOException {
        try (connection) {
            while (true) {
                Frame request = read(connection.getInputStream());
                run(() -> answer(request, connection));
            }
        }
    }

    private static Frame read(InputStream in) throws IOException {
        byte[] header = in.readNBytes(Frame.HEADER_LENGTH);
        if (header.length < Frame.HEADER_LENGTH) throw new EOFException();
        int length = ByteBuffer.wrap(header).getShort(2) & 0xFFFF;
        ByteBuffer packet = ByteBuffer.allocate(header.length + length)
                .put(header)
                .put(in.readNBytes(length))
                .flip();
        return switch (FrameDecoder.decode(packet)) {
            case Frame frame -> frame;
            case NeedMore more -> throw new EOFException("the packet ends " + more.bytes() + " bytes early");
            case ProtocolViolation violation -> throw new IOException(violation.reason());
        };
    }

    private void answer(Frame request, SSLSocket connection) throws Exception {
        Optional<Frame> reply = reply(request);
        if (reply.isEmpty()) {
            connection.close();
            return;
        }
        synchronized (connection) {
            connection.getOutputStream().write(reply.get().encode());
            connection.getOutputStream().flush();
        }
    }

    private Optional<Frame> reply(Frame request) throws Exception {
        Opcode opcode = Opcode.find(request.opcode()).orElseThrow();
        if (opcode == Opcode.PING) return Optional.of(Frame.pong(request.id(), request.payload()));
        requests.add(request);
        PrivateKey key = request.ski().map(keys::get).orElse(null);
        if (key == null) return Optional.of(Frame.error(request.id(), ErrorCode.KEY_NOT_FOUND));
        return switch (behaviour) {
            case Behaviour.Sign() -> Optional.of(Frame.response(request.id(), sign(opcode, key, request.payload())));
            case Behaviour.Refuse(ErrorCode error) -> Optional.of(Frame.error(request.id(), error));
            case Behaviour.Wait(CountDownLatch until) -> {
                until.await();
                yield Optional.of(Frame.response(request.id(), sign(opcode, key, request.payload())));
            }
            case Behaviour.HangUp() -> Optional.empty();
        };
    }

    private byte[] sign(Opcode opcode, PrivateKey key, byte[] payload) throws GeneralSecurityException {
        byte[] signature = switch (opcode.scheme()) {
            case ECDSA -> signed(Signature.getInstance("NONEwithECDSA"), key, requireDigest(opcode, payload));
            case ED25519 -> signed(Signature.getInstance("Ed25519"), key, payload);
            case RSA_PSS -> signed(rawPss(opcode), key, requireDigest(opcode, payload));
            case RSA_PKCS1 -> {
                Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
                cipher.init(Cipher.ENCRYPT_MODE, key);
                yield cipher.doFinal(digestInfo(opcode, requireDigest(opcode, payload)));
            }
            default -> throw new GeneralSecurityException(opcode + " does not sign");
        };
        signatures.incrementAndGet();
        return signature;
    }

    private static byte[] requireDigest(Opcode opcode, byte[] payload) throws GeneralSecurityException {
        int expected = opcode.digest().orElseThrow().length();
        if (payload.length != expected)
            throw new GeneralSecurityException(opcode + " with " + payload.length + " bytes");
        return payload;
    }

    private static byte[] signed(Signature signature, PrivateKey key, byte[] input) throws GeneralSecurityException {
        signature.initSign(key);
        signature.update(input);
        return signature.sign();
    }

    /** The JDK's PSS signs messages only; BouncyCastle's raw one signs a digest. */
    private static Signature rawPss(Opcode opcode) throws GeneralSecurityException {
        Digest digest = opcode.digest().orElseThrow();
        Signature raw = Signature.getInstance("RAWRSASSA-PSS", new BouncyCastleProvider());
        raw.setParameter(new PSSParameterSpec(
                digest.jcaName(), "MGF1", new MGF1ParameterSpec(digest.jcaName()), digest.length(), 1));
        return raw;
    }

    /** RFC 8017, section 9.2, note 1. */
    private static byte[] digestInfo(Opcode opcode, byte[] hash) {
        byte[] prefix = HexFormat.of()
                .parseHex(
                        switch (opcode.digest().orElseThrow()) {
                            case SHA256 -> "3031300d060960864801650304020105000420";
                            case SHA384 -> "3041300d060960864801650304020205000430";
                            case SHA512 -> "3051300d060960864801650304020305000440";
                            default -> throw new IllegalArgumentException(opcode + " is not for TLS 1.2");
                        });
        return ByteBuffer.allocate(prefix.length + hash.length)
                .put(prefix)
                .put(hash)
                .array();
    }

    private static SSLContext context(CertificateAuthority ca, Identity identity)
            throws GeneralSecurityException, IOException {
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry("own", identity.key(), NO_PASSWORD, identity.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(own, NO_PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", ca.root());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
