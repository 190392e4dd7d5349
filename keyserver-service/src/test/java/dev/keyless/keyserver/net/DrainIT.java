package dev.keyless.keyserver.net;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.keyless.keyserver.net.ListenerEvents.Ending;
import dev.keyless.keyserver.net.ListenerFixture.Setup;
import dev.keyless.protocol.Frame;
import dev.keyless.protocol.Opcode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stopping loses no answer. */
class DrainIT {

    @TempDir
    Path folder;

    private final TestKeys.Held held = new TestKeys.Held();

    @Test
    void answersEverythingThatWasReadBeforeItCloses() throws Exception {
        try (ListenerFixture server = Setup.in(folder).start(held)) {
            Wire peer = server.connect();
            peer.send(IntStream.range(0, 40).mapToObj(this::sign).toArray(Frame[]::new));
            await().untilAsserted(() -> assertEquals(40, server.listener.pending()));

            server.listener.stopAccepting();
            CompletableFuture<Void> drained = server.listener.drain().toCompletableFuture();
            assertFalse(drained.isDone());
            held.release();

            Set<Integer> answered = new HashSet<>();
            for (int i = 0; i < 40; i++) answered.add(peer.receive().id());
            assertEquals(40, answered.size());
            assertTrue(peer.isClosedByServer());
            peer.close();
            drained.join();
            assertEquals(List.of(Ending.DRAINED), server.events.endings());
        }
    }

    @Test
    void acceptsNobodyWhileItDrainsAndServesThoseWhoAreThere() throws Exception {
        try (ListenerFixture server = Setup.in(folder).start(held);
                Wire peer = server.connect()) {
            server.listener.stopAccepting();

            await().untilAsserted(() -> assertThrows(IOException.class, server::connect));
            assertEquals(
                    Opcode.PONG.code(),
                    peer.exchange(Frame.request(Opcode.PING).build(1)).opcode());
        }
    }

    private Frame sign(int id) {
        return Frame.request(Opcode.ECDSA_SIGN_SHA256)
                .ski(held.ski())
                .payload(new byte[32])
                .build(id);
    }
}
