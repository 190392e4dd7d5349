package dev.keyless.client;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A link whose pauses are written down, not waited for. */
class LinkIT {

    private static Lab lab;

    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private int pausesLeft;

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
    void waitsLongerAfterEachFailureUpToTheBound() throws Exception {
        TestPeer peer = lab.peer();
        Link link = link(peer, 6);
        peer.close();

        link.connect();

        await().until(() -> pauses.size() == 6);
        assertEquals(
                List.of(100L, 200L, 400L, 800L, 1000L, 1000L),
                pauses.stream().map(Duration::toMillis).toList());
        assertTrue(link.isDown());
    }

    @Test
    void waitsLongerForAServerThatDropsEachConnectionSoon() throws Exception {
        TestPeer peer = lab.peer();
        Link link = link(peer, 4);

        link.connect();
        for (int i = 1; i <= 4; i++) {
            int connections = i;
            await().until(() -> peer.pings.get() == connections && link.connection() != null);
            peer.cut();
            await().untilAsserted(() ->
                    assertEquals(connections, pauses.size(), () -> pauses + " " + link.lastFailure() + peer.pings));
        }

        assertEquals(
                List.of(100L, 200L, 400L, 800L),
                pauses.stream().map(Duration::toMillis).toList());
    }

    /** Each pause as long as it can be, and over at once; after the last one the link rests. */
    private Link link(TestPeer peer, int reconnections) {
        pausesLeft = reconnections;
        RandomGenerator longest = new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new UnsupportedOperationException();
            }

            @Override
            public long nextLong(long bound) {
                return bound - 1;
            }
        };
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), longest);
        KeylessConnector connector = lab.connector(lab.options(peer));
        return new Link(peer.address(), connector, backoff, new Link.Owner() {
            @Override
            public void linkChanged() {}

            @Override
            public synchronized void later(Duration pause, Runnable task) {
                pauses.add(pause);
                if (--pausesLeft > 0) task.run();
            }
        });
    }
}
