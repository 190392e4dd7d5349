package dev.keyless.keyserver.startup;

import dev.keyless.keyserver.keys.KeysConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code --keystore-debug} prints: the key stores and how many key files each has. No key is opened for it. */
final class KeyStoreTable {

    private KeyStoreTable() {}

    static String of(KeysConfig keys) {
        if (keys.stores().isEmpty()) return "no key stores\n";
        return keys.stores().stream().map(KeyStoreTable::line).collect(Collectors.joining());
    }

    private static String line(KeysConfig.Store store) {
        String kind = store.dir()
                .map(_ -> "dir")
                .or(() -> store.file().map(_ -> "file"))
                .orElse("uri");
        String name = store.dir()
                .or(store::file)
                .map(Path::toString)
                .or(() -> store.uri().map(Secrets::withoutPin))
                .orElse("");
        return "%-4s  %-60s  %s%n".formatted(kind, Secrets.printable(name), content(store));
    }

    private static String content(KeysConfig.Store store) {
        if (store.dir().isEmpty()) return "";
        try (Stream<Path> files = Files.walk(store.dir().get())) {
            long count = files.filter(f -> f.toString().toLowerCase(Locale.ROOT).endsWith(".key"))
                    .filter(Files::isRegularFile)
                    .count();
            return count + " key files";
        } catch (IOException | java.io.UncheckedIOException e) {
            return "cannot be read";
        }
    }
}
