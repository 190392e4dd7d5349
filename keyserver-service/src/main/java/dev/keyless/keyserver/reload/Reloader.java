package dev.keyless.keyserver.reload;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One thread that asks everything registered to {@linkplain Reloadable#refresh() refresh} at an interval, and to
 * {@linkplain Reloadable#reload() reload} when told to. What fails is reported and does not keep the others from their
 * turn, nor itself from its next one.
 */
public final class Reloader implements AutoCloseable {

    private final Duration interval;
    private final Listener listener;
    private final List<Reloadable> registered = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private boolean triggered;
    private boolean closed;

    /** Hears of what happens; called on the reloading thread. */
    public interface Listener {
        /** Something was read again; what was wrong with it is for the reloadable to tell. */
        void reloaded(Reloadable target);

        /** A bug: a reloadable reports what it cannot read in its own way. What was in service still is. */
        void failed(Reloadable target, Throwable cause);
    }

    /** Does nothing by itself: call {@link #start()}. */
    public Reloader(Duration interval, Listener listener) {
        if (!interval.isPositive()) throw new IllegalArgumentException("an interval is positive, not " + interval);
        this.interval = interval;
        this.listener = listener;
    }

    /** May be called at any time. */
    public void register(Reloadable target) {
        registered.add(target);
    }

    /** Starts the thread, a daemon. */
    public void start() {
        Thread.ofPlatform().daemon().name("reloader").start(this::run);
    }

    /** Has everything reloaded at once, as on SIGHUP; returns without waiting for it. Several calls may become one. */
    public void trigger() {
        lock.lock();
        try {
            triggered = true;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the thread after what it is at; returns without waiting. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (true) {
            Wake wake = await();
            if (wake == Wake.CLOSED) return;
            turn(wake == Wake.TRIGGERED);
        }
    }

    /** One round, on the calling thread. */
    void turn(boolean everything) {
        for (Reloadable target : registered) {
            try {
                if (everything) target.reload();
                if (everything || target.refresh()) listener.reloaded(target);
            } catch (RuntimeException | Error e) { // the thread has to outlive whatever a reloadable does
                listener.failed(target, e);
            }
        }
    }

    private enum Wake {
        INTERVAL,
        TRIGGERED,
        CLOSED
    }

    private Wake await() {
        lock.lock();
        try {
            long left = interval.toNanos();
            while (!closed && !triggered && left > 0) left = woken.awaitNanos(left);
            if (closed) return Wake.CLOSED;
            Wake wake = triggered ? Wake.TRIGGERED : Wake.INTERVAL;
            triggered = false;
            return wake;
        } catch (InterruptedException e) {
            return Wake.CLOSED;
        } finally {
            lock.unlock();
        }
    }
}
