package dev.keyless.keyserver.keys.file;

import dev.keyless.keyserver.keys.KeyStoreSource.Contents;
import dev.keyless.keyserver.keys.ServedKey;
import dev.keyless.keyserver.keys.crypto.CryptoChoice;
import dev.keyless.keyserver.keys.crypto.CryptoProvider;
import java.nio.file.Path;
import java.util.List;

/** Short ways to load keys in tests. */
final class Loaded {

    static final CryptoProvider CRYPTO = CryptoProvider.open(CryptoChoice.ACCP);

    private Loaded() {}

    static Contents file(Path file) {
        return FileKeySource.file(file, CRYPTO, false).load();
    }

    static Contents folder(Path folder) {
        return FileKeySource.folder(folder, CRYPTO, false).load();
    }

    static List<String> descriptions(Contents contents) {
        return contents.keys().stream().map(key -> key.info().description()).toList();
    }

    static List<String> origins(Contents contents) {
        return contents.keys().stream().map(Loaded::origin).toList();
    }

    private static String origin(ServedKey key) {
        return key.info().origin();
    }
}
