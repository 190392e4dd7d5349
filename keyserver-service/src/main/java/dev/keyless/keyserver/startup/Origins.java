package dev.keyless.keyserver.startup;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in words where a property was set: the flag, the variable, the line of a file. */
final class Origins {

    private static final Pattern FILE = Pattern.compile("PropertiesConfigSource\\[source=(?:file:)?(.*)]");

    private final SmallRyeConfig config;
    private final List<GokeylessConfigSource> gokeyless;

    Origins(SmallRyeConfig config, List<GokeylessConfigSource> gokeyless) {
        this.config = config;
        this.gokeyless = gokeyless;
    }

    /** The property and, in brackets, what set it. */
    String where(String property) {
        return property + " (" + of(property) + ")";
    }

    String of(String property) {
        ConfigValue value = config.getConfigValue(property);
        String source = value.getConfigSourceName();
        if (value.getValue() == null || source == null || value.isDefault()) return "default";
        for (GokeylessConfigSource candidate : gokeyless) {
            if (candidate.getName().equals(source))
                return candidate.origin(property).orElse(source);
        }
        if (source.equals("EnvConfigSource")) return "variable " + variable(property);
        if (source.equals("SysPropConfigSource")) return "system property " + property;
        Matcher file = FILE.matcher(source);
        if (!file.matches()) return source;
        return file.group(1) + (value.getLineNumber() > 0 ? ", line " + value.getLineNumber() : "");
    }

    /** The variable by which MicroProfile Config names a property. */
    static String variable(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
