package dev.keyless.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.keyless.protocol.Frame;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InFlightTableTest {

    private static final ReplyHandler NOBODY = new ReplyHandler() {
        @Override
        public void replied(Frame reply) {}

        @Override
        public void failed(KeylessException cause) {}
    };

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 256, 257, 32_769})
    void hasRoomForAsManyAsWasAskedFor(int capacity) {
        InFlightTable table = new InFlightTable(capacity);
        Set<Integer> ids = new HashSet<>();

        for (int i = 0; i < capacity; i++) {
            Pending pending = expiringAt(0);
            table.add(pending);
            ids.add(pending.id);
        }

        assertEquals(capacity, ids.size());
        assertEquals(capacity, table.size());
    }

    @Test
    void behavesLikeAMapUnderAnyOrderOfAnswers() {
        InFlightTable table = new InFlightTable(16);
        Map<Integer, Pending> model = new HashMap<>();
        Set<Integer> gone = new HashSet<>();
        Random random = new Random(7);

        for (int step = 0; step < 100_000; step++) {
            if (model.isEmpty() || (model.size() < 16 && random.nextBoolean())) {
                Pending pending = expiringAt(0);
                table.add(pending);
                assertNull(model.put(pending.id, pending), "id " + pending.id + " is outstanding twice");
                gone.remove(pending.id);
            } else {
                List<Integer> ids = new ArrayList<>(model.keySet());
                Collections.sort(ids);
                int id = ids.get(random.nextInt(ids.size()));
                assertSame(model.remove(id), table.remove(id));
                gone.add(id);
            }
            int stranger = random.nextInt();
            if (!model.containsKey(stranger)) assertNull(table.remove(stranger));
            assertEquals(model.size(), table.size());
        }
        for (int id : gone) assertNull(table.remove(id), "a late answer to " + id);
    }

    @Test
    void removesOnlyWhatHasExpired() {
        InFlightTable table = new InFlightTable(8);
        Pending early = expiringAt(Long.MAX_VALUE);
        Pending late = expiringAt(Long.MIN_VALUE + 10); // later, since this clock wraps around
        table.add(early);
        table.add(late);

        assertEquals(List.of(early), table.removeExpired(Long.MIN_VALUE));

        assertTrue(early.expired);
        assertSame(late, table.remove(late.id));
        assertEquals(0, table.size());
    }

    @Test
    void saysWhenMoreComeThanWereReserved() {
        InFlightTable table = new InFlightTable(1);
        table.add(expiringAt(0));
        table.add(expiringAt(0)); // a table has at least two places
        Pending third = expiringAt(0);

        assertThrows(IllegalStateException.class, () -> table.add(third));
    }

    private static Pending expiringAt(long time) {
        return new Pending(Lab.request(0), NOBODY, time, true);
    }
}
