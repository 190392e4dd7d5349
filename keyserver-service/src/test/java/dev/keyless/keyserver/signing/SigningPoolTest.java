package dev.keyless.keyserver.signing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SigningPoolTest {

    private final List<String> done = new CopyOnWriteArrayList<>();
    private final CountDownLatch gate = new CountDownLatch(1);

    @Test
    void letsALaneWithOneJobGoBeforeTheRestOfALaneThatFloods() {
        try (SigningPool pool = new SigningPool("test", 1)) {
            holdTheOnlyThread(pool);
            SigningPool.Lane flood = pool.lane();
            for (int i = 0; i < 1000; i++) flood.submit(() -> done.add("flood"));
            pool.lane().submit(() -> done.add("single"));

            gate.countDown();

            await().untilAsserted(() -> assertEquals(1001, done.size()));
            assertTrue(
                    done.indexOf("single") <= 4, "after a turn of the flood at most, not at " + done.indexOf("single"));
        }
    }

    @Test
    void keepsTheOrderWithinALane() {
        try (SigningPool pool = new SigningPool("test", 1)) {
            holdTheOnlyThread(pool);
            SigningPool.Lane lane = pool.lane();
            IntStream.range(0, 100).forEach(i -> lane.submit(() -> done.add(Integer.toString(i))));

            gate.countDown();

            await().untilAsserted(() -> assertEquals(100, done.size()));
            assertEquals(IntStream.range(0, 100).mapToObj(Integer::toString).toList(), done);
        }
    }

    @Test
    void dropsTheJobsOfALaneThatIsClearedAndCountsThemNoMore() {
        try (SigningPool pool = new SigningPool("test", 1)) {
            holdTheOnlyThread(pool);
            SigningPool.Lane gone = pool.lane();
            for (int i = 0; i < 10; i++) gone.submit(() -> done.add("gone"));
            SigningPool.Lane other = pool.lane();
            other.submit(() -> done.add("other"));
            assertEquals(11, pool.waiting());

            gone.clear();

            assertEquals(1, pool.waiting());
            gate.countDown();
            await().untilAsserted(() -> assertEquals(List.of("other"), done));
        }
    }

    @Test
    void spreadsTheJobsOfOneLaneOverItsThreadsWhenThereAreFew() {
        try (SigningPool pool = new SigningPool("test", 3)) {
            CountDownLatch all = new CountDownLatch(3);
            SigningPool.Lane lane = pool.lane();
            for (int i = 0; i < 3; i++) {
                lane.submit(() -> {
                    all.countDown();
                    awaitLatch(all); // comes to its end only if all three run at the same time
                    done.add("met");
                });
            }

            await().untilAsserted(() -> assertEquals(3, done.size()));
        }
    }

    @Test
    void finishesWhatWasSubmittedBeforeItIsClosed() {
        SigningPool pool = new SigningPool("test", 2);
        SigningPool.Lane lane = pool.lane();
        for (int i = 0; i < 50; i++) lane.submit(() -> done.add("done"));

        pool.close();

        await().untilAsserted(() -> assertEquals(50, done.size()));
    }

    private void holdTheOnlyThread(SigningPool pool) {
        CountDownLatch held = new CountDownLatch(1);
        pool.lane().submit(() -> {
            held.countDown();
            awaitLatch(gate);
        });
        awaitLatch(held);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
