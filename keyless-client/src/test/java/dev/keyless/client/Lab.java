package dev.keyless.client;

import dev.keyless.protocol.Frame;
import dev.keyless.protocol.Opcode;
import dev.keyless.protocol.Ski;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetServerOptions;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assertions;

/** Vert.x, a CA, and whatever a test opens; closes it all in reverse. */
final class Lab implements AutoCloseable {

    static final Ski SKI = new Ski(1, 2, 3);

    final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    final TestPki pki = new TestPki();
    final ClientTls tls = pki.clientTls();

    static {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(20));
        Awaitility.setDefaultPollInterval(Duration.ofMillis(5));
        Awaitility.setDefaultPollDelay(Duration.ZERO);
    }

    private final Deque<Runnable> opened = new ArrayDeque<>();

    TestPeer peer() throws Exception {
        return peer(TestPeer.options(pki, pki.issue("server", "localhost", "127.0.0.1")));
    }

    TestPeer peer(NetServerOptions listener) throws Exception {
        TestPeer peer = TestPeer.start(vertx, listener);
        opened.push(peer::close);
        return peer;
    }

    TestPeer peer(Fault fault) throws Exception {
        return peer().with(fault);
    }

    /** One connection a server, so that what happens on it can be told; patient, for machines that are busy. */
    ClientOptions.Builder options(TestPeer... peers) {
        ServerAddress[] addresses =
                List.of(peers).stream().map(TestPeer::address).toArray(ServerAddress[]::new);
        return ClientOptions.builder(tls, addresses)
                .connectionsPerServer(1)
                .deadline(Duration.ofSeconds(20))
                .connectTimeout(Duration.ofSeconds(10))
                .reconnectMin(Duration.ofMillis(5))
                .reconnectMax(Duration.ofMillis(20));
    }

    KeylessClient client(ClientOptions.Builder options) {
        KeylessClient client = KeylessClient.create(vertx, options.build());
        opened.push(client::close);
        return client;
    }

    KeylessConnection connect(TestPeer peer, ClientOptions.Builder options) throws Exception {
        return await(connector(options).connect(peer.address()));
    }

    KeylessConnector connector(ClientOptions.Builder options) {
        return connector(options, InetAddress::getAllByName);
    }

    KeylessConnector connector(ClientOptions.Builder options, KeylessConnector.NameLookup names) {
        KeylessConnector connector = new KeylessConnector(vertx, options.build(), names);
        opened.push(connector::close);
        return connector;
    }

    /** A request whose payload is a digest that says the number. */
    static Frame request(int number) {
        return Frame.request(Opcode.ECDSA_SIGN_SHA256)
                .ski(SKI)
                .payload(payload(number))
                .build();
    }

    static byte[] payload(int number) {
        return ByteBuffer.allocate(32).putInt(number).array();
    }

    static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    static <E extends KeylessException> E awaitFailure(Class<E> kind, CompletionStage<?> stage) {
        ExecutionException failure = Assertions.assertThrows(ExecutionException.class, () -> await(stage));
        return Assertions.assertInstanceOf(kind, failure.getCause());
    }

    /** Closes what the test opened; the rest stays for the next one. */
    void tidy() {
        while (!opened.isEmpty()) opened.pop().run();
    }

    @Override
    public void close() {
        tidy();
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }
}
