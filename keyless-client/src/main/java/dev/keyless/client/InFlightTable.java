package dev.keyless.client;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outstanding requests of a connection by id. An id is a place in the table and how often that place was used before,
 * so a reply finds its request without a search, and one that comes too late finds none. For one thread.
 */
final class InFlightTable {

    private final @Nullable Pending[] places;
    private final int[] uses;

    /** A ring: places are reused as late as possible. */
    private final int[] free;

    private final int mask;
    private int firstFree;
    private int size;

    /** Room for at least {@code capacity}, which is at most 65,536. */
    InFlightTable(int capacity) {
        int length = Integer.highestOneBit(Math.max(1, capacity - 1)) << 1;
        places = new @Nullable Pending[length];
        uses = new int[length];
        free = new int[length];
        mask = length - 1;
        for (int i = 0; i < length; i++) free[i] = i;
    }

    int size() {
        return size;
    }

    /** Gives the request its id. */
    void add(Pending pending) {
        if (size == places.length) throw new IllegalStateException("more in flight than was reserved: " + size);
        int place = free[firstFree++ & mask];
        size++;
        pending.id = uses[place]++ * places.length + place;
        places[place] = pending;
    }

    /** The request with this id, which is then no longer outstanding; null if there is none. */
    @Nullable
    Pending remove(int id) {
        Pending pending = places[id & mask];
        if (pending == null || pending.id != id) return null;
        places[id & mask] = null;
        size--;
        free[(firstFree + places.length - size - 1) & mask] = id & mask;
        return pending;
    }

    /** Removes what expires at {@code now} or earlier. */
    List<Pending> removeExpired(long now) {
        List<Pending> expired = new ArrayList<>();
        for (int i = 0, left = size; left > 0; i++) {
            Pending pending = places[i];
            if (pending == null) continue;
            left--;
            if (now - pending.expiresAt >= 0) {
                pending.expired = true;
                expired.add(pending);
                remove(pending.id);
            }
        }
        return expired;
    }

    /** Removes everything. */
    List<Pending> removeAll() {
        List<Pending> all = new ArrayList<>(size);
        for (Pending pending : places) {
            if (pending == null) continue;
            all.add(pending);
            remove(pending.id);
        }
        return all;
    }
}
