package dev.keyless.keyserver.net;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the requests that wait for the signing pool, of all connections together. Safe for use from any thread.
 *
 * <p>The limit may be exceeded by one a thread that counts at the same moment: what matters is that it bounds memory.
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

    void add() {
        count.incrementAndGet();
    }

    void remove(int number) {
        if (count.addAndGet(-number) <= resumeAt && !waiting.isEmpty()) wake();
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
