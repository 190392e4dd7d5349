package dev.keyless.keyserver.keys.stores;

import dev.keyless.keyserver.keys.KeysConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One entry of {@code private_key_stores}. */
public sealed interface StoreEntry {

    /** The configured entries, in order. That each has exactly one of the three is checked before the start. */
    static List<StoreEntry> listed(KeysConfig config) {
        return config.stores().stream()
                .flatMap(store -> Stream.of(
                                store.dir().<StoreEntry>map(Folder::new),
                                store.file().<StoreEntry>map(File::new),
                                store.uri().<StoreEntry>map(Uri::new))
                        .flatMap(Optional::stream))
                .toList();
    }

    /** Every key file below a folder. */
    record Folder(Path path) implements StoreEntry {}

    /** One key file, whatever it is called. */
    record File(Path path) implements StoreEntry {}

    /** A key somewhere else: a token by its PKCS#11 URI (RFC 7512), a key vault. May hold a PIN. */
    record Uri(String uri) implements StoreEntry {

        /** What of it may be shown: nothing after the question mark, and no PIN before it. */
        public String withoutSecrets() {
            int query = uri.indexOf('?');
            String path = query < 0 ? uri : uri.substring(0, query);
            return path.replaceAll("(?i)pin-(value|source)=[^;]*", "pin-$1=...");
        }

        @Override
        public String toString() {
            return "Uri[" + withoutSecrets() + "]";
        }
    }
}
