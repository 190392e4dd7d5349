package dev.keyless.keyserver.startup;

import io.smallrye.config.PropertiesConfigSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A working directory with the files that a start needs, and starts in it. */
final class Fixture {

    private final Path directory;

    Fixture(Path directory) {
        this.directory = directory;
        write("server.pem", "-----BEGIN CERTIFICATE-----\n");
        write("server-key.pem", "-----BEGIN PRIVATE KEY-----\n");
        write("keyless_cacert.pem", "-----BEGIN CERTIFICATE-----\n");
        folder("keys");
    }

    Fixture write(String name, String content) {
        try {
            Files.writeString(directory.resolve(name), content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Fixture folder(String name) {
        try {
            Files.createDirectories(directory.resolve(name));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    GokeylessSettings settings(Map<String, String> environment, String... flags) {
        return GokeylessSettings.read(CommandLine.parse(List.of(flags)), environment, directory, List.of(directory));
    }

    /** @param own our own properties, as {@code application.properties} has them */
    Startup start(Map<String, String> own, Map<String, String> environment, String... flags) {
        return Startup.read(
                CommandLine.parse(List.of(flags)),
                environment,
                directory,
                List.of(directory),
                () -> ConfigurationCheck.builder().withSources(new PropertiesConfigSource(own, "own", 250)));
    }

    Path directory() {
        return directory;
    }
}
