package dev.keyless.keyserver.reload;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ReloaderTest {

    private static final Duration NEVER = Duration.ofDays(1);

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Reloader.Listener listener = new Reloader.Listener() {
        @Override
        public void reloaded(Reloadable target) {
            heard.add(target.name() + " reloaded");
        }

        @Override
        public void failed(Reloadable target, Throwable cause) {
            heard.add(target.name() + " failed: " + cause.getMessage());
        }
    };

    private static final class Scripted implements Reloadable {

        private final String name;
        private boolean changed;
        private boolean broken;
        private final List<String> calls = new ArrayList<>();

        private Scripted(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean refresh() {
            calls.add("refresh");
            if (broken) throw new IllegalStateException("no");
            return changed;
        }

        @Override
        public void reload() {
            calls.add("reload");
            if (broken) throw new StackOverflowError("deep");
        }
    }

    @Test
    void tellsOfWhatHasChangedOnly() {
        Scripted keys = new Scripted("keys");
        Scripted certificate = new Scripted("certificate");
        certificate.changed = true;
        Reloader reloader = reloader(NEVER, keys, certificate);

        reloader.turn(false);

        assertEquals(List.of("certificate reloaded"), heard);
        assertEquals(List.of("refresh"), keys.calls);
    }

    @Test
    void reloadsEverythingWhenTold() {
        Scripted keys = new Scripted("keys");
        Reloader reloader = reloader(NEVER, keys);

        reloader.turn(true);

        assertEquals(List.of("keys reloaded"), heard);
        assertEquals(List.of("reload"), keys.calls);
    }

    @Test
    void oneThatFailsDoesNotStopTheOthers() {
        Scripted broken = new Scripted("broken");
        broken.broken = true;
        Scripted keys = new Scripted("keys");
        keys.changed = true;
        Reloader reloader = reloader(NEVER, broken, keys);

        reloader.turn(false);
        reloader.turn(true);

        assertEquals(List.of("broken failed: no", "keys reloaded", "broken failed: deep", "keys reloaded"), heard);
    }

    @Test
    void asksAgainAndAgain() {
        Scripted keys = new Scripted("keys");
        keys.changed = true;
        try (Reloader reloader = reloader(Duration.ofMillis(1), keys)) {
            reloader.start();

            await().until(() -> heard.size() >= 3);
        }
    }

    @Test
    void actsOnATriggerAtOnceEvenAfterAFailure() {
        Scripted keys = new Scripted("keys");
        keys.broken = true;
        try (Reloader reloader = reloader(NEVER, keys)) {
            reloader.start();

            reloader.trigger();
            await().until(() -> heard.equals(List.of("keys failed: deep")));
            reloader.trigger();
            await().until(() -> heard.size() == 2);
        }
    }

    @Test
    void wantsAnInterval() {
        assertThrows(IllegalArgumentException.class, () -> new Reloader(Duration.ZERO, listener));
    }

    private Reloader reloader(Duration interval, Reloadable... targets) {
        Reloader reloader = new Reloader(interval, listener);
        for (Reloadable target : targets) reloader.register(target);
        return reloader;
    }
}
