package dev.keyless.keyserver.net;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.keyless.keyserver.net.ListenerEvents.Ending;
import dev.keyless.keyserver.net.ListenerFixture.Setup;
import dev.keyless.protocol.ErrorCode;
import dev.keyless.protocol.Frame;
import dev.keyless.protocol.Opcode;
import dev.keyless.protocol.Ski;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every limit holds against a peer that does not care for it, and hurts nobody else. */
class LimitsIT {

    private static final byte[] DIGEST = new byte[32];

    @TempDir
    Path folder;

    private final TestKeys.Quick quick = new TestKeys.Quick();
    private final TestKeys.Held held = new TestKeys.Held();

    @Test
    void leavesWhatExceedsAConnectionsPendingRequestsUnreadAndAnswersItLater() throws Exception {
        try (ListenerFixture server = Setup.in(folder)
                        .with(TestLimits.generous().withPending(8, 8192))
                        .start(held);
                Wire peer = server.connect()) {
            peer.send(
                    IntStream.range(0, 100).mapToObj(id -> sign(held.ski(), id)).toArray(Frame[]::new));

            await().untilAsserted(() -> assertEquals(8, server.listener.pending()));
            held.release();

            Set<Integer> answered = new HashSet<>();
            for (int i = 0; i < 100; i++) answered.add(peer.receive().id());
            assertEquals(100, answered.size());
            assertEquals(0, server.listener.pending());
        }
    }

    @Test
    void boundsThePendingRequestsOfAllConnectionsTogether() throws Exception {
        int limit = 20;
        try (ListenerFixture server = Setup.in(folder)
                .with(TestLimits.generous().withPending(8, limit))
                .start(held)) {
            List<Wire> peers = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                Wire peer = server.connect();
                peers.add(peer);
                peer.send(IntStream.range(0, 8)
                        .mapToObj(id -> sign(held.ski(), id))
                        .toArray(Frame[]::new));
            }

            await().untilAsserted(() -> assertTrue(server.listener.pending() >= limit));
            assertTrue(server.listener.pending() <= limit + Runtime.getRuntime().availableProcessors());
            held.release();

            for (Wire peer : peers) {
                for (int i = 0; i < 8; i++)
                    assertEquals(Opcode.RESPONSE.code(), peer.receive().opcode());
                peer.close();
            }
        }
    }

    @Test
    void countsALargeRequestForTheMemoryThatItTakes() throws Exception {
        try (ListenerFixture server = Setup.in(folder).start(held);
                Wire peer = server.connect()) {
            String padding = "a".repeat(60_000);
            Frame[] large = IntStream.range(0, 10)
                    .mapToObj(id -> Frame.request(Opcode.ECDSA_SIGN_SHA256)
                            .ski(held.ski())
                            .payload(DIGEST)
                            .serverName(padding)
                            .build(id))
                    .toArray(Frame[]::new);
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> sendAll(peer, large));

            await().untilAsserted(
                            () -> assertEquals(2 * 59, server.listener.pending(), "two of them are read, no more"));
            held.release();

            for (int i = 0; i < large.length; i++) {
                assertEquals(Opcode.RESPONSE.code(), peer.receive().opcode());
            }
            sent.join();
        }
    }

    private static void sendAll(Wire peer, Frame... frames) {
        try {
            peer.send(frames);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void closesWhoHoldsLargePacketsBackAndHarmsNobodyElse() throws Exception {
        try (ListenerFixture server = Setup.in(folder)
                        .with(TestLimits.generous().withUnread(100_000))
                        .start(quick);
                Wire honest = server.connect()) {
            byte[] begun = Arrays.copyOf(new byte[] {1, 0, (byte) 0xFF, (byte) 0xFF}, 60_000);
            List<Wire> greedy = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                Wire peer = server.connect();
                greedy.add(peer);
                peer.sendBytes(begun);
            }

            await().untilAsserted(() -> assertEquals(4, count(server, Ending.NO_ROOM)));
            honest.sendBytes(new byte[] {1, 0});
            honest.sendBytes(new byte[] {0, 0, 0, 0, 0, 5});
            assertEquals(5, honest.receive().id());
            for (Wire peer : greedy) peer.close();
        }
    }

    private static long count(ListenerFixture server, Ending ending) {
        return server.events.endings().stream().filter(ending::equals).count();
    }

    @Test
    void signsCheaplyWhileEveryThreadOfThePoolIsStuck() throws Exception {
        try (ListenerFixture server = Setup.in(folder).start(held, quick);
                Wire stuck = server.connect();
                Wire other = server.connect()) {
            stuck.send(
                    IntStream.range(0, 64).mapToObj(id -> sign(held.ski(), id)).toArray(Frame[]::new));
            await().untilAsserted(() -> assertEquals(ListenerFixture.THREADS, held.begun.get()));

            Frame reply = other.exchange(sign(quick.ski(), 1));

            assertTrue(quick.verifies(DIGEST, reply.payload()));
            held.release();
        }
    }

    @Test
    void answersARequestThatMissesItsDeadline() throws Exception {
        try (ListenerFixture server =
                        Setup.in(folder).withDeadline(TestLimits.SHORT).start(held);
                Wire peer = server.connect()) {
            Frame reply = peer.exchange(sign(held.ski(), 4));

            assertEquals(Opcode.ERROR.code(), reply.opcode());
            assertEquals(ErrorCode.CRYPTO.code(), reply.payload()[0]);
            assertEquals(4, reply.id());
            held.release();
            assertEquals(
                    Opcode.PONG.code(),
                    peer.exchange(Frame.request(Opcode.PING).build(5)).opcode());
        }
    }

    @Test
    void doesNotWorkForAConnectionThatIsGone() throws Exception {
        try (ListenerFixture server = Setup.in(folder).start(held)) {
            Wire peer = server.connect();
            peer.send(
                    IntStream.range(0, 50).mapToObj(id -> sign(held.ski(), id)).toArray(Frame[]::new));
            await().untilAsserted(() -> assertEquals(50, server.listener.pending()));

            peer.close();

            await().untilAsserted(() -> assertEquals(0, server.listener.pending()));
            held.release();
            assertEquals(ListenerFixture.THREADS, held.begun.get());
        }
    }

    @Test
    void turnsAwayConnectionsBeyondTheLimitInAllAndTakesNewOnesWhenOthersGo() throws Exception {
        try (ListenerFixture server = Setup.in(folder)
                .with(TestLimits.generous().withConnections(2, 100))
                .start(quick)) {
            Wire first = server.connect();
            Wire second = server.connect();

            assertThrows(IOException.class, server::connect);
            assertPings(first);
            first.close();

            await().untilAsserted(() -> assertEquals(1, server.listener.connections()));
            try (Wire third = server.connect()) {
                assertPings(third);
            }
            assertPings(second);
            second.close();
            assertTrue(server.events.endings().contains(Ending.TOO_MANY));
        }
    }

    @Test
    void countsConnectionsOfOneAddressFromTheMomentTheyAreAccepted() throws Exception {
        try (ListenerFixture server = Setup.in(folder)
                        .with(TestLimits.generous().withConnections(100, 2))
                        .start(quick);
                Socket silent = new Socket("127.0.0.1", server.port);
                Socket alsoSilent = new Socket("127.0.0.1", server.port)) {
            await().untilAsserted(() -> assertEquals(2, server.listener.connections()));

            assertThrows(IOException.class, server::connect);
            assertTrue(silent.isConnected() && alsoSilent.isConnected());
        }
    }

    @Test
    void closesAConnectionThatDoesNotComeToTheEndOfItsHandshake() throws Exception {
        try (ListenerFixture server = Setup.in(folder)
                        .with(TestLimits.generous().withShortHandshake())
                        .start(quick);
                Socket silent = new Socket("127.0.0.1", server.port)) {
            assertEquals(-1, silent.getInputStream().read());
            await().untilAsserted(() -> assertEquals(List.of(Ending.HANDSHAKE_FAILED), server.events.endings()));
        }
    }

    @Test
    void closesAnIdleConnectionAndNotOneThatAsks() throws Exception {
        try (ListenerFixture server = Setup.in(folder)
                        .with(TestLimits.generous().withShortIdle())
                        .start(held, quick);
                Wire busy = server.connect();
                Wire idle = server.connect()) {
            busy.send(sign(held.ski(), 1));

            assertTrue(idle.isClosedByServer());
            held.release();

            assertEquals(1, busy.receive().id());
            assertEquals(Ending.IDLE, server.events.endings().getFirst());
        }
    }

    @Test
    void closesAConnectionWhosePacketDoesNotComeToItsEnd() throws Exception {
        try (ListenerFixture server = Setup.in(folder)
                        .with(TestLimits.generous().withShortReadStall())
                        .start(quick);
                Wire slow = server.connect()) {
            slow.sendBytes(new byte[] {1, 0, 4, 0, 0});

            assertTrue(slow.isClosedByServer());
            assertEquals(List.of(Ending.READ_STALL), server.events.endings());
        }
    }

    @Test
    void closesAConnectionThatDoesNotTakeItsAnswersAndGoesOnServingTheOthers() throws Exception {
        try (ListenerFixture server = Setup.in(folder)
                        .with(TestLimits.generous().withShortWriteStall())
                        .start(quick);
                Wire deaf = server.connect();
                Wire honest = server.connect()) {
            Frame[] pings = IntStream.range(0, 64)
                    .mapToObj(id -> Frame.request(Opcode.PING).build(id))
                    .toArray(Frame[]::new);
            CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> {
                try {
                    while (true) deaf.send(pings);
                } catch (IOException e) {
                    // cut off, as it should be
                }
            });

            await().untilAsserted(() -> assertTrue(server.events.endings().contains(Ending.WRITE_STALL)));
            assertPings(honest);
            flood.join();
        }
    }

    @Test
    void saysGoodbyeInWaysThatLeaveNoConnectionBehind() throws Exception {
        try (ListenerFixture server =
                Setup.in(folder).with(TestLimits.generous().withShortIdle()).start(quick)) {
            for (int i = 0; i < 20; i++) assertTrue(server.connect().isClosedByServer());

            await().untilAsserted(() -> assertEquals(0, server.listener.connections()));
            assertFalse(server.events.endings().contains(Ending.IO_ERROR));
        }
    }

    private static Frame sign(Ski ski, int id) {
        return Frame.request(Opcode.ECDSA_SIGN_SHA256).ski(ski).payload(DIGEST).build(id);
    }

    private static void assertPings(Wire peer) throws IOException {
        assertEquals(
                Opcode.PONG.code(),
                peer.exchange(Frame.request(Opcode.PING).build(77)).opcode());
    }
}
