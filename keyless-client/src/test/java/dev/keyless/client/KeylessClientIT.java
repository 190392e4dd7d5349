package dev.keyless.client;

import static dev.keyless.client.Lab.await;
import static dev.keyless.client.Lab.awaitFailure;
import static dev.keyless.client.Lab.payload;
import static dev.keyless.client.Lab.request;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.keyless.protocol.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KeylessClientIT {

    private static Lab lab;

    @BeforeAll
    static void open() {
        lab = new Lab();
    }

    @AfterEach
    void tidy() {
        lab.tidy();
    }

    @AfterAll
    static void close() {
        lab.close();
    }

    @Test
    void answersRequestsMadeBeforeTheFirstConnectionIsThere() throws Exception {
        TestPeer peer = lab.peer();
        KeylessClient client = lab.client(lab.options(peer));

        assertArrayEquals(TestPeer.signed(payload(1)), await(client.perform(request(1))));
        assertEquals(List.of(), peer.complaints());
    }

    @Test
    void spreadsRequestsOverServersAndConnections() throws Exception {
        TestPeer one = lab.peer(new Fault.Hold());
        TestPeer other = lab.peer(new Fault.Hold());
        KeylessClient client = lab.client(lab.options(one, other).connectionsPerServer(2));
        untilUp(client, 4);

        List<CompletionStage<byte[]>> replies = perform(client, 40);

        await().until(() -> one.requests.get() == 20 && other.requests.get() == 20);
        assertEquals(10, one.mostOutstanding.get());
        one.release();
        other.release();
        for (CompletionStage<byte[]> reply : replies) await(reply);
    }

    @Test
    void losesNoRequestWhenAServerCutsItsConnections() throws Exception {
        TestPeer cutting = lab.peer(new Fault.CutAfter(3));
        TestPeer sound = lab.peer();
        KeylessClient client = lab.client(lab.options(cutting, sound));
        untilUp(client, 2);

        List<CompletionStage<byte[]>> replies = perform(client, 200);

        for (int i = 0; i < 200; i++) assertArrayEquals(TestPeer.signed(payload(i)), await(replies.get(i)));
        assertTrue(cutting.requests.get() > 3, "asked the one that cuts: " + cutting.requests);
    }

    @Test
    void asksAnotherServerWhenOneSendsWhatIsNoPacket() throws Exception {
        TestPeer broken = lab.peer(new Fault.Garbage());
        TestPeer sound = lab.peer();
        KeylessClient client = lab.client(lab.options(broken, sound));
        untilUp(client, 2);

        for (int i = 0; i < 20; i++) assertArrayEquals(TestPeer.signed(payload(i)), await(client.perform(request(i))));

        assertTrue(broken.requests.get() > 0, "never asked the broken one");
    }

    @Test
    void asksAnotherServerWhenOneLeavesARequestUnanswered() throws Exception {
        TestPeer holding = lab.peer(new Fault.Hold());
        TestPeer sound = lab.peer();
        KeylessClient client = lab.client(lab.options(holding, sound).attemptTimeout(Duration.ofMillis(50)));
        untilUp(client, 2);

        List<CompletionStage<byte[]>> replies = perform(client, 20);

        for (int i = 0; i < 20; i++) assertArrayEquals(TestPeer.signed(payload(i)), await(replies.get(i)));
        assertTrue(holding.requests.get() > 0, "never asked the one that holds");
    }

    @Test
    void leavesAFrozenServer() throws Exception {
        TestPeer frozen = lab.peer();
        TestPeer sound = lab.peer();
        KeylessClient client = lab.client(lab.options(frozen, sound)
                .attemptTimeout(Duration.ofMillis(50))
                .connectTimeout(Duration.ofMillis(300)));
        untilUp(client, 2);
        frozen.with(new Fault.Silence());

        List<CompletionStage<byte[]>> replies = perform(client, 20);

        for (CompletionStage<byte[]> reply : replies) await(reply);
        await().until(() -> client.health().getFirst().state() == ServerHealth.State.DOWN);
        assertEquals(ServerHealth.State.UP, client.health().getLast().state());
        assertTrue(
                client.health().getFirst().lastFailure().orElseThrow().contains("in time"),
                client.health().toString());
    }

    @Test
    void saysWhichServerIsDownAndWhy() throws Exception {
        TestPeer stopped = lab.peer();
        ServerAddress address = stopped.address();
        KeylessClient client = lab.client(lab.options(stopped, lab.peer()));
        untilUp(client, 2);
        stopped.close();

        await().until(() -> client.health().getFirst().state() == ServerHealth.State.DOWN);

        ServerHealth health = client.health().getFirst();
        assertEquals(address, health.server());
        assertEquals(0, health.connections());
        assertTrue(health.lastFailure().orElseThrow().contains("refused"), health.toString());
        for (int i = 0; i < 10; i++) await(client.perform(request(i)));
    }

    @Test
    void failsAtOnceWithEveryReasonWhenNoServerCanBeReached() throws Exception {
        TestPeer one = lab.peer();
        TestPeer other = lab.peer();
        ClientOptions.Builder options = lab.options(one, other).deadline(Duration.ofHours(1));
        ServerAddress first = one.address();
        ServerAddress second = other.address();
        one.close();
        other.close();
        KeylessClient client = lab.client(options);

        UnavailableException failure = awaitFailure(UnavailableException.class, client.perform(request(1)));

        assertTrue(failure.getMessage().contains(first + ": "), failure.getMessage());
        assertTrue(failure.getMessage().contains(second + ": "), failure.getMessage());
        assertTrue(failure.getMessage().contains("refused"), failure.getMessage());
    }

    @Test
    void comesBackToAServerThatIsStartedAgain() throws Exception {
        TestPeer peer = lab.peer();
        KeylessClient client = lab.client(lab.options(peer));
        untilUp(client, 1);
        int port = peer.address().port();
        peer.close();
        await().until(() -> client.health().getFirst().state() == ServerHealth.State.DOWN);

        lab.peer(TestPeer.options(lab.pki, lab.pki.issue("server", "127.0.0.1")).setPort(port));

        untilUp(client, 1);
        await(client.perform(request(1)));
    }

    @Test
    void comesBackWhenItsConnectionIsCutWhileNothingIsAsked() throws Exception {
        TestPeer peer = lab.peer();
        KeylessClient client = lab.client(lab.options(peer));
        untilUp(client, 1);

        peer.cut();

        await().until(() -> peer.connections.get() == 2);
        assertArrayEquals(TestPeer.signed(payload(1)), await(client.perform(request(1))));
    }

    @Test
    void asksEveryServerOnceForAKeyThatOneDoesNotKnow() throws Exception {
        TestPeer one = lab.peer(new Fault.Refuse(ErrorCode.KEY_NOT_FOUND));
        TestPeer other = lab.peer(new Fault.Refuse(ErrorCode.KEY_NOT_FOUND));
        KeylessClient client = lab.client(lab.options(one, other));
        untilUp(client, 2);

        RefusedException failure = awaitFailure(RefusedException.class, client.perform(request(1)));

        assertEquals(ErrorCode.KEY_NOT_FOUND, failure.errorCode().orElseThrow());
        assertEquals(1, one.requests.get());
        assertEquals(1, other.requests.get());
    }

    @Test
    void findsAKeyThatOnlyOneServerKnows() throws Exception {
        TestPeer without = lab.peer(new Fault.Refuse(ErrorCode.KEY_NOT_FOUND));
        TestPeer with = lab.peer();
        KeylessClient client = lab.client(lab.options(without, with));
        untilUp(client, 2);

        for (int i = 0; i < 20; i++) assertArrayEquals(TestPeer.signed(payload(i)), await(client.perform(request(i))));

        assertTrue(without.requests.get() > 0, "never asked the one without");
    }

    @Test
    void takesAnyOtherRefusalAsFinal() throws Exception {
        TestPeer one = lab.peer(new Fault.Refuse(ErrorCode.CRYPTO));
        TestPeer other = lab.peer(new Fault.Refuse(ErrorCode.CRYPTO));
        KeylessClient client = lab.client(lab.options(one, other));
        untilUp(client, 2);

        RefusedException failure = awaitFailure(RefusedException.class, client.perform(request(1)));

        assertEquals(0x01, failure.code());
        assertEquals(1, one.requests.get() + other.requests.get());
    }

    @Test
    void givesUpAtTheDeadline() throws Exception {
        TestPeer peer = lab.peer(new Fault.Hold());
        KeylessClient client = lab.client(lab.options(peer).deadline(Duration.ofMillis(100)));
        untilUp(client, 1);

        awaitFailure(DeadlineExceededException.class, client.perform(request(1)));

        assertEquals(1, peer.requests.get());
    }

    @Test
    void givesUpAtTheDeadlineWhileWaitingForAPlace() throws Exception {
        TestPeer peer = lab.peer(new Fault.Hold());
        KeylessClient client = lab.client(lab.options(peer).maxInFlight(1).deadline(Duration.ofMillis(200)));
        untilUp(client, 1);

        for (CompletionStage<byte[]> reply : perform(client, 5)) awaitFailure(DeadlineExceededException.class, reply);
    }

    @Test
    void triesNoMoreOftenThanAllowed() throws Exception {
        TestPeer one = lab.peer(new Fault.CutAfter(0));
        TestPeer other = lab.peer(new Fault.CutAfter(0));
        KeylessClient client = lab.client(lab.options(one, other).attempts(2));
        untilUp(client, 2);

        UnavailableException failure = awaitFailure(UnavailableException.class, client.perform(request(1)));

        assertTrue(failure.getMessage().contains("after 2 attempts"), failure.getMessage());
        assertEquals(2, one.requests.get() + other.requests.get());
    }

    @Test
    void letsRequestsWaitWhenConnectionsAreFull() throws Exception {
        TestPeer peer = lab.peer(new Fault.Hold());
        KeylessClient client = lab.client(lab.options(peer).maxInFlight(4));
        untilUp(client, 1);
        List<CompletionStage<byte[]>> replies = perform(client, 100);
        await().until(() -> peer.requests.get() == 4);

        peer.release();

        for (int i = 0; i < 100; i++) assertArrayEquals(TestPeer.signed(payload(i)), await(replies.get(i)));
        assertEquals(4, peer.mostOutstanding.get());
    }

    @Test
    void refusesMoreRequestsThanMayBePending() throws Exception {
        TestPeer peer = lab.peer(new Fault.Hold());
        KeylessClient client = lab.client(lab.options(peer).maxInFlight(4).maxPending(10));
        untilUp(client, 1);
        List<CompletionStage<byte[]>> replies = perform(client, 10);

        awaitFailure(OverloadedException.class, client.perform(request(10)));

        await().until(() -> peer.requests.get() == 4);
        peer.release();
        for (CompletionStage<byte[]> reply : replies) await(reply);
        await(client.perform(request(11)));
    }

    @Test
    void answersWhatIsUnderWayBeforeItShutsDown() throws Exception {
        TestPeer peer = lab.peer(new Fault.Hold());
        KeylessClient client = lab.client(lab.options(peer).maxInFlight(2));
        untilUp(client, 1);
        List<CompletionStage<byte[]>> replies = perform(client, 5);

        CompletionStage<Void> closed = client.shutdown();

        awaitFailure(UnavailableException.class, client.perform(request(6)));
        assertFalse(closed.toCompletableFuture().isDone());
        await().until(() -> peer.requests.get() == 2);
        peer.release();
        await(closed);
        for (int i = 0; i < 5; i++) assertArrayEquals(TestPeer.signed(payload(i)), await(replies.get(i)));
    }

    @Test
    void failsWhatIsUnderWayWhenItIsClosed() throws Exception {
        TestPeer peer = lab.peer(new Fault.Hold());
        KeylessClient client = lab.client(lab.options(peer).maxInFlight(2));
        untilUp(client, 1);
        List<CompletionStage<byte[]>> replies = perform(client, 5);

        client.close();

        for (CompletionStage<byte[]> reply : replies) {
            UnavailableException failure = awaitFailure(UnavailableException.class, reply);
            assertEquals("the client is closed", failure.getMessage());
        }
        assertEquals(1, peer.connections.get());
    }

    @Test
    void pingsAServer() throws Exception {
        TestPeer peer = lab.peer();
        KeylessClient client = lab.client(lab.options(peer));

        Duration time = await(client.ping(peer.address()));

        assertFalse(time.isNegative() || time.isZero());
        assertTrue(client.health().getFirst().roundTrip().isPresent());
    }

    @Test
    void saysWhyAServerCannotBePinged() throws Exception {
        TestPeer peer = lab.peer();
        ClientOptions.Builder options = lab.options(peer);
        ServerAddress address = peer.address();
        peer.close();
        KeylessClient client = lab.client(options);

        UnavailableException failure = awaitFailure(UnavailableException.class, client.ping(address));

        assertTrue(failure.getMessage().contains("refused"), failure.getMessage());
        ServerAddress stranger = new ServerAddress("localhost", 1);
        assertThrows(IllegalArgumentException.class, () -> client.ping(stranger));
    }

    @Test
    void usesNoConnectionOnWhichAPingIsRefused() throws Exception {
        TestPeer peer = lab.peer(new Fault.RefuseAll(ErrorCode.BAD_OPCODE));
        KeylessClient client = lab.client(lab.options(peer));

        UnavailableException failure = awaitFailure(UnavailableException.class, client.perform(request(1)));

        assertTrue(failure.getMessage().contains("bad opcode"), failure.getMessage());
        assertEquals(0, peer.requests.get());
    }

    private static List<CompletionStage<byte[]>> perform(KeylessClient client, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> client.perform(request(i)))
                .toList();
    }

    private static void untilUp(KeylessClient client, int connections) {
        await().until(() ->
                client.health().stream().mapToInt(ServerHealth::connections).sum() == connections);
    }
}
