package dev.keyless.keyserver.keys;

import dev.keyless.keyserver.reload.Reloadable;
import dev.keyless.protocol.Ski;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys in service. {@link #current()} may be called from any thread and costs one volatile read; {@link #refresh()}
 * and {@link #reload()} run one at a time.
 */
public final class LiveKeys implements Reloadable {

    private final List<Store> stores;
    private volatile boolean complete;
    private volatile State state = new State(KeyRing.empty(), List.of(), List.of());

    /** Starts without keys: call {@link #reload()}. */
    public LiveKeys(List<KeyStoreSource> sources) {
        this.stores = sources.stream().map(Store::new).toList();
    }

    @Override
    public String name() {
        return "keys";
    }

    public KeyRing current() {
        return state.ring;
    }

    /** Whether all stores have been read without a problem at some time, and there was a key. */
    public boolean wasComplete() {
        return complete;
    }

    /** What is wrong with the key stores right now; empty when all of them are fine. */
    public List<String> problems() {
        return state.problems;
    }

    /** What should be better but does not keep a key from being used. */
    public List<String> warnings() {
        return state.warnings;
    }

    /** Reads the sources that have changed, and no other; what they hold is in service at once. */
    @Override
    public synchronized boolean refresh() {
        List<Store> changed =
                stores.stream().filter(store -> store.source.changed()).toList();
        changed.forEach(Store::load);
        if (!changed.isEmpty()) publish();
        return !changed.isEmpty();
    }

    /** Reads all sources and puts what they hold in service at once. */
    @Override
    public synchronized void reload() {
        stores.forEach(Store::load);
        publish();
    }

    private void publish() {
        List<ServedKey> keys = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        for (Store store : stores) {
            keys.addAll(store.contents.keys());
            problems.addAll(store.contents.problems());
            warnings.addAll(store.contents.warnings());
        }
        warnings.addAll(duplicates(keys));
        if (problems.isEmpty() && !keys.isEmpty()) complete = true;
        state = new State(KeyRing.of(keys), List.copyOf(problems), List.copyOf(warnings));
    }

    private static List<String> duplicates(List<ServedKey> keys) {
        List<String> warnings = new ArrayList<>();
        Map<Ski, KeyInfo> seen = new HashMap<>();
        for (ServedKey key : keys) {
            KeyInfo info = key.info();
            KeyInfo before = seen.put(info.ski(), info);
            if (before != null) {
                warnings.add("%s and %s hold the same key (SKI %s): remove one of them"
                        .formatted(before.origin(), info.origin(), info.ski()));
            }
        }
        return warnings;
    }

    private record State(KeyRing ring, List<String> problems, List<String> warnings) {}

    /** A source and what it held when it was last read. */
    private static final class Store {

        private final KeyStoreSource source;
        private KeyStoreSource.Contents contents = new KeyStoreSource.Contents(List.of(), List.of(), List.of());

        private Store(KeyStoreSource source) {
            this.source = source;
        }

        private void load() {
            contents = source.load();
        }
    }
}
