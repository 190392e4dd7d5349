package dev.keyless.keyserver.net;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the memory in which connections keep packets that have not come to their end, of all of them together. Small ones
 * do not count, so that whoever sends packets of the usual size is never without room. Any thread.
 */
final class Unread {

    /** Four packets of the usual size. */
    private static final int FREE = 4 * 1024;

    private final long limit;
    private final AtomicLong held = new AtomicLong();

    Unread(long limit) {
        this.limit = limit;
    }

    /** What a buffer of this capacity counts for. */
    static int charge(int capacity) {
        return capacity > FREE ? capacity : 0;
    }

    /** Replaces what a connection was charged; false if it now holds something that there is no room for. */
    boolean update(int before, int after) {
        long all = before == after ? held.get() : held.addAndGet((long) after - before);
        return after <= before || all <= limit;
    }
}
