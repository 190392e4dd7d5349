package dev.keyless.keyserver.keys.stores;

import java.nio.file.Path;

/** One entry of {@code private_key_stores}. */
public sealed interface StoreEntry {

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
