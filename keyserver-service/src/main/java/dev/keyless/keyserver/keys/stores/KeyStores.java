package dev.keyless.keyserver.keys.stores;

import dev.keyless.keyserver.keys.KeyStoreSource;
import dev.keyless.keyserver.keys.LiveKeys;
import dev.keyless.keyserver.keys.crypto.CryptoProvider;
import dev.keyless.keyserver.keys.file.FileKeySource;
import java.util.List;

/** Makes the key stores that the configuration names. */
public final class KeyStores {

    private KeyStores() {}

    /**
     * The keys of all entries, not yet loaded: call {@link LiveKeys#reload()}. Where two entries hold the same key, the
     * later one serves it. An entry that cannot be used is a problem of the result, never an exception.
     *
     * @param refuseLoosePermissions whether a key in a file that others than its owner may read or write is refused rather than
     *     warned of
     */
    public static LiveKeys open(List<StoreEntry> entries, boolean refuseLoosePermissions, CryptoProvider crypto) {
        return new LiveKeys(entries.stream()
                .map(entry -> source(entry, refuseLoosePermissions, crypto))
                .toList());
    }

    private static KeyStoreSource source(StoreEntry entry, boolean refuseLoosePermissions, CryptoProvider crypto) {
        return switch (entry) {
            case StoreEntry.Folder(var path) -> FileKeySource.folder(path, crypto, refuseLoosePermissions);
            case StoreEntry.File(var path) -> FileKeySource.file(path, crypto, refuseLoosePermissions);
            case StoreEntry.Uri uri -> new UnsupportedStore(uri.withoutSecrets());
        };
    }
}
