package dev.keyless.keyserver.signing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A fixed number of platform threads that do the expensive operations. Connections take turns: each has a {@link Lane} of
 * its own, and a thread takes a few jobs from one lane before it goes to the next, so a connection that floods waits for
 * itself and delays the others by one turn at most.
 *
 * <p>The pool bounds nothing by itself: who submits counts what is pending. The lock is held for a few nanoseconds
 * against hundreds of microseconds of work, so there is one.
 */
public final class SigningPool implements AutoCloseable {

    /**
     * Jobs that a thread takes from a lane in one turn when there is more than enough for all: their answers then leave
     * in one write. With less to do a turn is one job, so that no thread is idle while another holds several.
     */
    private static final int LONG_TURN = 4;

    /**
     * On a machine whose processors are all busy, the event loops then get about three times the share of these threads:
     * a cheap signature does not wait for a time slice to end, and the expensive ones keep a quarter for themselves.
     */
    private static final int NICE = 5;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ready = lock.newCondition();
    private final Deque<Lane> turns = new ArrayDeque<>();
    private final List<Thread> threads = new ArrayList<>();
    private int waiting;
    private boolean closed;

    /** @param size number of threads: the processors there are, or the sessions that a token allows */
    public SigningPool(String name, int size) {
        if (size < 1) throw new IllegalArgumentException("a pool has at least one thread, not " + size);
        for (int i = 0; i < size; i++) {
            threads.add(Thread.ofPlatform().daemon().name(name + "-" + i).start(this::work));
        }
    }

    /** The jobs of one connection, first in, first out. */
    public final class Lane {

        private final Deque<Runnable> jobs = new ArrayDeque<>();
        private boolean waitsForTurn;

        private Lane() {}

        /** Queues a job, which must not throw; returns at once. */
        public void submit(Runnable job) {
            lock.lock();
            try {
                jobs.add(job);
                waiting++;
                awaitTurn();
                ready.signal();
            } finally {
                lock.unlock();
            }
        }

        /** Drops all jobs that have not begun, without running them. */
        public void clear() {
            lock.lock();
            try {
                waiting -= jobs.size();
                jobs.clear();
            } finally {
                lock.unlock();
            }
        }

        private void awaitTurn() {
            if (waitsForTurn || jobs.isEmpty()) return;
            waitsForTurn = true;
            turns.add(this);
        }

        private void take(List<Runnable> into) {
            waitsForTurn = false;
            int turn = waiting > LONG_TURN * threads.size() ? LONG_TURN : 1;
            for (int i = 0; i < turn && !jobs.isEmpty(); i++) into.add(jobs.remove());
            waiting -= into.size();
            awaitTurn();
        }
    }

    /** A lane for a new connection; it costs nothing while it is empty, and is simply forgotten in the end. */
    public Lane lane() {
        return new Lane();
    }

    /** Number of threads. */
    public int size() {
        return threads.size();
    }

    /** Jobs that wait for a thread now. */
    public int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        Niceness.giveWay(NICE);
        List<Runnable> turn = new ArrayList<>(LONG_TURN);
        while (next(turn)) {
            for (Runnable job : turn) job.run();
            turn.clear();
        }
    }

    /** Waits for the next turn; false when the pool is closed and all work is done. */
    private boolean next(List<Runnable> turn) {
        lock.lock();
        try {
            while (turn.isEmpty()) {
                while (turns.isEmpty()) {
                    if (closed) return false;
                    ready.awaitUninterruptibly();
                }
                turns.remove().take(turn);
            }
            if (!turns.isEmpty()) ready.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Finishes what has been submitted, then ends the threads; returns without waiting for that. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            ready.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
