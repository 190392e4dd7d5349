package dev.keyless.keyserver.startup;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/** Properties that were made from gokeyless's settings, each with the place it came from. */
final class GokeylessConfigSource implements ConfigSource {

    private final String name;
    private final int ordinal;
    private final Map<String, Given> properties;

    GokeylessConfigSource(String name, int ordinal, Map<String, Given> properties) {
        this.name = name;
        this.ordinal = ordinal;
        this.properties = Map.copyOf(properties);
    }

    /** Where this source has the property from. */
    Optional<String> origin(String property) {
        return Optional.ofNullable(properties.get(property)).map(Given::where);
    }

    @Override
    public Set<String> getPropertyNames() {
        return properties.keySet();
    }

    /** gokeyless knows no {@code ${...}}: each dollar is escaped, so that it arrives as it was written. */
    @Override
    public @Nullable String getValue(String property) {
        Given given = properties.get(property);
        return given == null ? null : given.value().replace("$", "\\$");
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public int getOrdinal() {
        return ordinal;
    }
}
