package dev.keyless.keyserver.net;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the requests that wait for the signing pool, of all connections together, each by its weight: large ones count
 * for several, so that the limit bounds memory. Safe for use from any thread.
 *
 * <p>The limit may be exceeded by one request a thread that counts at the same moment.
 */
final class Pending {

    private final int limit;
    private final int resumeAt;
    private final AtomicInteger count = new AtomicInteger();
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    Pending(int limit) {
        this.limit = limit;
        this.resumeAt = limit - limit / 8;
    }

    int count() {
        return count.get();
    }

    boolean hasRoom() {
        return count.get() < limit;
    }

    void add(int weight) {
        count.addAndGet(weight);
    }

    void remove(int weight) {
        if (count.addAndGet(-weight) <= resumeAt && !waiting.isEmpty()) wake();
    }

    /** Runs the task once there is room, at once if there is room now, on whichever thread makes it. */
    void whenRoom(Runnable task) {
        waiting.add(task);
        if (count.get() <= resumeAt) wake();
    }

    private void wake() {
        for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) task.run();
    }
}
