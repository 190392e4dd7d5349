package dev.keyless.keyserver.startup;

import io.smallrye.config.SmallRyeConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks whether the files that a configuration names are there and look right. What is in them exactly is found out by
 * those who load them; a certificate in the place of a key is noticed here already. Key stores are not opened: a bad one
 * keeps the server from being ready, not from starting.
 */
final class NamedFiles {

    private static final int LARGEST = 1 << 20;
    private static final List<String> STORE_KINDS = List.of("dir", "file", "uri");

    private final SmallRyeConfig config;
    private final Origins origins;
    private final Path directory;
    private final List<Problem> problems = new ArrayList<>();

    NamedFiles(SmallRyeConfig config, Origins origins, Path directory) {
        this.config = config;
        this.origins = origins;
        this.directory = directory;
    }

    List<Problem> problems() {
        one("keyserver.tls.certificate", "server.pem", Content.CERTIFICATE);
        one("keyserver.tls.key", "server-key.pem", Content.PRIVATE_KEY);
        clientAuthorities();
        peerAuthorities();
        stores();
        value("keyserver.pid-file").ifPresent(this::pidFile);
        return List.copyOf(problems);
    }

    /** What a PEM file has to hold. */
    private enum Content {
        CERTIFICATE("a certificate", "-----BEGIN CERTIFICATE-----"),
        PRIVATE_KEY("a private key", "PRIVATE KEY-----");

        private final String name;
        private final String marker;

        Content(String name, String marker) {
            this.name = name;
            this.marker = marker;
        }
    }

    private void one(String property, String preset, Content content) {
        pem(property, value(property).orElse(preset), content);
    }

    private void clientAuthorities() {
        String property = "keyserver.tls.client-ca";
        List<Integer> indexes = config.getIndexedPropertiesIndexes(property);
        List<String> files = config.getOptionalValues(property, String.class).orElse(List.of("keyless_cacert.pem"));
        for (int i = 0; i < files.size(); i++) {
            pem(
                    i < indexes.size() ? property + "[" + indexes.get(i) + "]" : property,
                    files.get(i),
                    Content.CERTIFICATE);
        }
    }

    private void peerAuthorities() {
        for (String property : config.getPropertyNames()) {
            if (!PropertyNames.covers("keyserver.peers.*.ca", property)) continue;
            value(property).ifPresent(path -> pem(property, path, Content.CERTIFICATE));
        }
    }

    private Optional<String> value(String property) {
        return Optional.ofNullable(config.getConfigValue(property).getValue()).filter(v -> !v.isEmpty());
    }

    private void stores() {
        String stores = "keyserver.keys.stores";
        List<String> places = new ArrayList<>();
        for (int index : config.getIndexedPropertiesIndexes(stores)) {
            String entry = stores + "[" + index + "]";
            List<String> given = STORE_KINDS.stream()
                    .filter(kind -> value(entry + "." + kind).isPresent())
                    .toList();
            given.stream().map(kind -> source(entry + "." + kind)).forEach(places::add);
            if (given.size() == 1) continue;
            wrong(
                    given.isEmpty() ? entry : origins.where(entry + "." + given.getFirst()),
                    given.isEmpty() ? "none of dir, file and uri" : String.join(" and ", given) + " in one entry",
                    "exactly one of dir, file and uri",
                    "Make an entry for each key store.");
        }
        List<String> distinct = places.stream().distinct().toList();
        if (distinct.size() > 1) {
            wrong(
                    stores,
                    "entries from more than one place (" + String.join("; ", distinct) + ")",
                    "the whole list in one place",
                    "Their entries would be mixed by number. Remove all but one of the lists.");
        }
    }

    private String source(String property) {
        return String.valueOf(config.getConfigValue(property).getConfigSourceName());
    }

    private void pem(String property, String value, Content content) {
        Optional<Path> path = path(property, value).filter(p -> readable(property, p));
        if (path.isEmpty()) return;
        try (InputStream in = Files.newInputStream(path.get())) {
            String text = new String(in.readNBytes(LARGEST), StandardCharsets.ISO_8859_1);
            if (text.contains(content.marker)) return;
            Content other = content == Content.CERTIFICATE ? Content.PRIVATE_KEY : Content.CERTIFICATE;
            wrong(
                    origins.where(property),
                    text.contains(other.marker)
                            ? other.name + " in " + path.get()
                            : "no PEM text in " + path.get() + " (" + text.length() + " bytes)",
                    content.name + " in PEM",
                    text.contains(other.marker)
                            ? "Are the two files mixed up?"
                            : "Name the right file, or convert it.");
        } catch (IOException e) {
            wrong(origins.where(property), found(path.get()), "a readable file", "Correct the file's permissions.");
        }
    }

    private boolean readable(String property, Path path) {
        if (Files.isRegularFile(path) && Files.isReadable(path)) return true;
        wrong(
                origins.where(property),
                found(path),
                "a file that can be read",
                "Put it there, or correct the path or its permissions.");
        return false;
    }

    private void pidFile(String value) {
        String property = "keyserver.pid-file";
        path(property, value).map(Path::toAbsolutePath).map(Path::getParent).ifPresent(folder -> {
            if (Files.isDirectory(folder) && Files.isWritable(folder)) return;
            wrong(
                    origins.where(property),
                    found(folder),
                    "a folder that can be written to",
                    "Create it, correct its permissions, or leave the setting out.");
        });
    }

    private Optional<Path> path(String property, String value) {
        try {
            return Optional.of(directory.resolve(value).toAbsolutePath().normalize());
        } catch (InvalidPathException e) {
            wrong(origins.where(property), Secrets.shown(value), "a path", "Correct the value.");
            return Optional.empty();
        }
    }

    private static String found(Path path) {
        if (!Files.exists(path)) return "nothing at " + path;
        if (Files.isDirectory(path)) return "the folder " + path;
        return path + ", which is no file that this user may read";
    }

    private void wrong(String where, String found, String expected, String remedy) {
        problems.add(Problem.configuration(where, found, expected, remedy));
    }
}
