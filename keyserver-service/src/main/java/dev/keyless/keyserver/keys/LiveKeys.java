package dev.keyless.keyserver.keys;

import java.util.ArrayList;
import java.util.List;

/**
 * The keys in service. {@link #current()} may be called from any thread and costs one volatile read; {@link #reload()}
 * runs on the reloading thread, one at a time.
 */
public final class LiveKeys {

    private final List<KeyStoreSource> sources;
    private volatile State state = new State(KeyRing.empty(), List.of(), List.of());

    /** Starts without keys: call {@link #reload()}. */
    public LiveKeys(List<KeyStoreSource> sources) {
        this.sources = List.copyOf(sources);
    }

    public KeyRing current() {
        return state.ring;
    }

    /** What is wrong with the key stores right now; empty when all of them are fine. */
    public List<String> problems() {
        return state.problems;
    }

    /** What should be better but does not keep a key from being used. */
    public List<String> warnings() {
        return state.warnings;
    }

    /** Whether a reload would find anything new. */
    public boolean changed() {
        return sources.stream().anyMatch(KeyStoreSource::changed);
    }

    /** Reads all sources and puts what they hold in service at once. */
    public synchronized void reload() {
        List<ServedKey> keys = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        for (KeyStoreSource source : sources) {
            KeyStoreSource.Contents contents = source.load();
            keys.addAll(contents.keys());
            problems.addAll(contents.problems());
            warnings.addAll(contents.warnings());
        }
        state = new State(KeyRing.of(keys), List.copyOf(problems), List.copyOf(warnings));
    }

    private record State(KeyRing ring, List<String> problems, List<String> warnings) {}
}
