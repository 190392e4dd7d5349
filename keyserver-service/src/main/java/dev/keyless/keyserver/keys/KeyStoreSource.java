package dev.keyless.keyserver.keys;

import java.util.List;

/** Somewhere that keys come from: a folder, a file, a token. One instance an entry of {@code private_key_stores}. */
public interface KeyStoreSource {

    /** What the operator called it: the path or the URI, without secrets. */
    String name();

    /** Whether something has changed since the last {@link #load()}; cheap enough to be asked every second or so. */
    boolean changed();

    /** Reads all keys. Never throws: what cannot be read is a problem in the result. */
    Contents load();

    /**
     * What a source holds.
     *
     * @param keys the keys that can be used
     * @param problems one line each: which file or object, what was found, what was expected, what to do
     * @param warnings likewise, for keys that are used all the same
     */
    record Contents(List<ServedKey> keys, List<String> problems, List<String> warnings) {
        public Contents {
            keys = List.copyOf(keys);
            problems = List.copyOf(problems);
            warnings = List.copyOf(warnings);
        }
    }
}
