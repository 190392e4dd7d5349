package dev.keyless.client;

import static dev.keyless.client.Lab.await;
import static dev.keyless.client.Lab.awaitFailure;
import static dev.keyless.client.Lab.payload;
import static dev.keyless.client.Lab.request;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.keyless.protocol.ErrorCode;
import dev.keyless.protocol.Frame;
import dev.keyless.protocol.Opcode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeylessConnectionIT {

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
    void matchesAnswersThatComeInReverseOrder() throws Exception {
        TestPeer peer = lab.peer(new Fault.Reverse(64));
        KeylessConnection connection = lab.connect(peer, lab.options(peer));

        List<CompletionStage<Frame>> replies = IntStream.range(0, 64)
                .mapToObj(i -> connection.send(request(i)))
                .toList();

        for (int i = 0; i < 64; i++) {
            assertArrayEquals(TestPeer.signed(payload(i)), await(replies.get(i)).payload());
        }
        assertEquals(List.of(), peer.complaints());
        assertEquals(0, connection.inFlight());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 1000, 1023})
    void putsPacketsTogetherFromPieces(int length) throws Exception {
        TestPeer peer = lab.peer(new Fault.Pieces(length));
        KeylessConnection connection = lab.connect(peer, lab.options(peer));

        List<CompletionStage<Frame>> replies =
                IntStream.range(0, 3).mapToObj(i -> connection.send(request(i))).toList();

        for (int i = 0; i < 3; i++) {
            assertArrayEquals(TestPeer.signed(payload(i)), await(replies.get(i)).payload());
        }
    }

    @Test
    void takesRequestsFromManyThreadsAtOnce() throws Exception {
        TestPeer peer = lab.peer();
        KeylessConnection connection = lab.connect(peer, lab.options(peer).maxInFlight(4000));
        ConcurrentHashMap<Integer, CompletionStage<Frame>> replies = new ConcurrentHashMap<>();

        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int thread = 0; thread < 8; thread++) {
                int first = thread * 500;
                threads.execute(() -> {
                    for (int i = first; i < first + 500; i++) replies.put(i, connection.send(request(i)));
                });
            }
        }

        for (int i = 0; i < 4000; i++) {
            assertArrayEquals(TestPeer.signed(payload(i)), await(replies.get(i)).payload());
        }
        assertEquals(List.of(), peer.complaints());
    }

    @Test
    void keepsAWindowFullFromWithinItsHandlers() throws Exception {
        TestPeer peer = lab.peer();
        KeylessConnection connection = lab.connect(peer, lab.options(peer).maxInFlight(32));
        AtomicInteger sent = new AtomicInteger();
        AtomicInteger answered = new AtomicInteger();
        CompletableFuture<Void> done = new CompletableFuture<>();
        ReplyHandler next = new ReplyHandler() {
            @Override
            public void replied(Frame reply) {
                if (answered.incrementAndGet() == 2000) done.complete(null);
                else if (sent.incrementAndGet() <= 2000) connection.send(request(0), this);
            }

            @Override
            public void failed(KeylessException cause) {
                done.completeExceptionally(cause);
            }
        };

        for (int i = 0; i < 32; i++) {
            sent.incrementAndGet();
            connection.send(request(0), next);
        }

        await(done);
        assertEquals(List.of(), peer.complaints());
        assertTrue(peer.mostOutstanding.get() <= 32, "outstanding: " + peer.mostOutstanding);
    }

    @Test
    void sendsPacketsOfEveryLengthThere() throws Exception {
        TestPeer peer = lab.peer();
        KeylessConnection connection = lab.connect(peer, lab.options(peer));
        List<byte[]> payloads = IntStream.of(1, 900, 990, 1000, 1013, 1014, 20_000, 65_000, 65_500)
                .mapToObj(byte[]::new)
                .toList();

        List<CompletionStage<Frame>> replies = new ArrayList<>();
        for (byte[] payload : payloads) {
            replies.add(connection.send(
                    Frame.request(Opcode.ED25519_SIGN).payload(payload).build()));
        }

        for (int i = 0; i < payloads.size(); i++) {
            assertArrayEquals(
                    TestPeer.signed(payloads.get(i)), await(replies.get(i)).payload());
        }
    }

    @Test
    void dropsAnAnswerThatComesAfterTheDeadline() throws Exception {
        TestPeer peer = lab.peer(new Fault.Hold());
        KeylessConnection connection = lab.connect(
                peer, lab.options(peer).deadline(Duration.ofMillis(50)).maxInFlight(1));

        awaitFailure(DeadlineExceededException.class, connection.send(request(1)));
        peer.release();

        // The only place in the table is used again at once; the late answer must not be taken for this one's.
        assertArrayEquals(
                TestPeer.signed(payload(2)), await(connection.send(request(2))).payload());
        assertTrue(connection.isOpen());
    }

    @Test
    void closesOnBytesThatAreNoPacket() throws Exception {
        TestPeer peer = lab.peer(new Fault.Garbage());
        KeylessConnection connection = lab.connect(peer, lab.options(peer));

        UnavailableException failure = awaitFailure(UnavailableException.class, connection.send(request(1)));

        assertTrue(failure.getMessage().contains("no packet"), failure.getMessage());
        assertFalse(connection.isOpen());
        await(connection.closed());
    }

    @Test
    void closesOnAPacketThatIsNoReply() throws Exception {
        TestPeer peer = lab.peer(new Fault.NoReply());
        KeylessConnection connection = lab.connect(peer, lab.options(peer));

        UnavailableException failure = awaitFailure(UnavailableException.class, connection.send(request(1)));

        assertTrue(failure.getMessage().contains("opcode 0x15"), failure.getMessage());
        assertFalse(connection.isOpen());
    }

    @Test
    void closesOnASignatureOfNoBytes() throws Exception {
        TestPeer peer = lab.peer(new Fault.EmptyResult());
        KeylessConnection connection = lab.connect(peer, lab.options(peer));

        UnavailableException failure = awaitFailure(UnavailableException.class, connection.send(request(1)));

        assertTrue(failure.getMessage().contains("without a result"), failure.getMessage());
        assertFalse(connection.isOpen());
    }

    @Test
    void handsARefusalOutAsItCame() throws Exception {
        TestPeer peer = lab.peer(new Fault.Refuse(ErrorCode.CRYPTO));
        KeylessConnection connection = lab.connect(peer, lab.options(peer));

        Frame reply = await(connection.send(request(1)));

        assertEquals(Opcode.ERROR.code(), reply.opcode());
        assertEquals(ErrorCode.CRYPTO.code(), reply.payload()[0]);
        assertTrue(connection.isOpen());
    }

    @Test
    void refusesMoreRequestsThanMayBeInFlight() throws Exception {
        TestPeer peer = lab.peer(new Fault.Hold());
        KeylessConnection connection = lab.connect(peer, lab.options(peer).maxInFlight(3));
        List<CompletionStage<Frame>> replies =
                IntStream.range(0, 3).mapToObj(i -> connection.send(request(i))).toList();

        awaitFailure(OverloadedException.class, connection.send(request(3)));

        await().until(() -> peer.requests.get() == 3);
        peer.release();
        for (CompletionStage<Frame> reply : replies) await(reply);
        await(connection.send(request(4)));
        assertEquals(4, peer.requests.get());
    }

    @Test
    void pingsWhileThereIsNothingElseToSend() throws Exception {
        TestPeer peer = lab.peer();
        KeylessConnection connection = lab.connect(peer, lab.options(peer).pingInterval(Duration.ofMillis(20)));

        await().until(() -> peer.pings.get() >= 3);

        assertTrue(connection.isOpen());
        assertTrue(connection.roundTrip().isPresent());
        assertEquals(0, connection.inFlight());
    }

    @Test
    void closesWhenAPingIsNotAnswered() throws Exception {
        TestPeer peer = lab.peer(new Fault.Silence());
        KeylessConnection connection = lab.connect(
                peer, lab.options(peer).pingInterval(Duration.ofMillis(20)).connectTimeout(Duration.ofSeconds(2)));
        CompletionStage<Frame> waiting = connection.send(request(1));

        UnavailableException failure = awaitFailure(UnavailableException.class, waiting);

        assertTrue(failure.getMessage().contains("did not answer a ping"), failure.getMessage());
    }

    @Test
    void holdsNoMoreThanItsWindowForAServerThatReadsNothing() throws Exception {
        TestPeer peer = lab.peer();
        KeylessConnection connection = lab.connect(
                peer, lab.options(peer).deadline(Duration.ofMillis(200)).connectTimeout(Duration.ofSeconds(2)));
        await(connection.send(request(0)));
        peer.with(new Fault.Deaf());
        Frame large =
                Frame.request(Opcode.ED25519_SIGN).payload(new byte[60_000]).build();

        List<CompletionStage<Frame>> replies =
                IntStream.range(0, 256).mapToObj(_ -> connection.send(large)).toList();

        for (CompletionStage<Frame> reply : replies) awaitFailure(DeadlineExceededException.class, reply);
        await(connection.closed());
        assertEquals(0, connection.inFlight());
    }

    @Test
    void failsEverythingInFlightWhenItIsClosed() throws Exception {
        TestPeer peer = lab.peer(new Fault.Hold());
        KeylessConnection connection = lab.connect(peer, lab.options(peer));
        CompletionStage<Frame> reply = connection.send(request(1));

        connection.close();

        awaitFailure(UnavailableException.class, reply);
        awaitFailure(UnavailableException.class, connection.send(request(2)));
        assertEquals(0, connection.inFlight());
    }

    @Test
    void survivesAHandlerThatThrows() throws Exception {
        TestPeer peer = lab.peer();
        KeylessConnection connection = lab.connect(peer, lab.options(peer));
        connection.send(request(1), new ReplyHandler() {
            @Override
            public void replied(Frame reply) {
                throw new IllegalStateException("thrown on purpose by a test");
            }

            @Override
            public void failed(KeylessException cause) {}
        });

        assertArrayEquals(
                TestPeer.signed(payload(2)), await(connection.send(request(2))).payload());
    }
}
