package dev.keyless.keyserver.startup;

import java.util.List;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.ConfigSourceProvider;

/**
 * Hands what {@link Startup} has read to Quarkus, which makes providers itself, by their class's name; hence the static
 * field. Where nobody called {@link #provide}, in tests and at build time, there is nothing to hand over.
 */
public final class StartupConfigSources implements ConfigSourceProvider {

    private static volatile List<ConfigSource> sources = List.of();

    /** Before Quarkus starts. */
    static void provide(List<ConfigSource> provided) {
        sources = List.copyOf(provided);
    }

    @Override
    public Iterable<ConfigSource> getConfigSources(ClassLoader loader) {
        return sources;
    }
}
