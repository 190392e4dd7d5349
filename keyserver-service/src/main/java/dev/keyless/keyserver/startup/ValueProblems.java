package dev.keyless.keyserver.startup;

import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts SmallRye's messages about single properties into words that tell what to do. */
final class ValueProblems {

    private static final Pattern NOT_CONVERTED = Pattern.compile(
            ".*SRCFG00039: The config property (.+?) with the config value \"(.*)\" threw an Exception whilst being"
                    + " converted (.*)",
            Pattern.DOTALL);
    private static final Pattern EMPTY =
            Pattern.compile(".*SRCFG00040: The config property (.+?) is defined as .*", Pattern.DOTALL);
    private static final Pattern UNKNOWN =
            Pattern.compile(".*SRCFG00050: (.+) in .+ does not map to any root", Pattern.DOTALL);
    private static final Pattern NOT_VALID = Pattern.compile("(keyserver\\.\\S+) (must .*)", Pattern.DOTALL);
    private static final Pattern ALLOWED = Pattern.compile(".*SRCFG00049: .* allowed values: (.*)", Pattern.DOTALL);
    /** What our own converters say. */
    private static final Pattern OURS = Pattern.compile("expected (.*), got (.*)", Pattern.DOTALL);

    private static final Set<String> SWITCHES =
            Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "t", "f", "1", "0");

    private final SmallRyeConfig config;
    private final Origins origins;
    private final Collection<ConfigClass> mappings;

    ValueProblems(SmallRyeConfig config, Origins origins, Collection<ConfigClass> mappings) {
        this.config = config;
        this.origins = origins;
        this.mappings = mappings;
    }

    Problem of(String message) {
        Matcher notConverted = NOT_CONVERTED.matcher(message);
        if (notConverted.matches()) {
            String property = notConverted.group(1);
            Matcher ours = OURS.matcher(notConverted.group(3));
            return ours.matches()
                    ? problem(property, ours.group(2), ours.group(1))
                    : problem(property, notConverted.group(2), expected(notConverted.group(3)));
        }
        Matcher empty = EMPTY.matcher(message);
        if (empty.matches()) {
            return Problem.configuration(
                    origins.where(empty.group(1)), "nothing", "a value", "Give one, or leave the setting out.");
        }
        Matcher unknown = UNKNOWN.matcher(message);
        if (unknown.matches()) {
            String property = unknown.group(1);
            return Problem.configuration(
                    origins.where(property),
                    "a property that does not exist",
                    "one that docs/configuration.md lists",
                    "Correct or remove it." + Suggestion.sentence(property, names()));
        }
        Matcher notValid = NOT_VALID.matcher(message);
        if (notValid.matches()) {
            String property = spelled(notValid.group(1));
            String expected = notValid.group(2).replaceFirst("must be (greater|less|longer|shorter)", "a value $1");
            return problem(property, value(property), expected.replaceFirst("^must be ", ""));
        }
        return Problem.configuration(
                "configuration", Secrets.withoutPin(message), "a value that can be read", "Correct it.");
    }

    /** Switches that are neither on nor off: SmallRye takes any other word for off, and says so only in a log. */
    List<Problem> unclearSwitches() {
        List<Problem> problems = new ArrayList<>();
        for (ConfigClass mapping : mappings) {
            ConfigMappings.getProperties(mapping).forEach((name, property) -> {
                if (!property.isPrimitive() || property.asPrimitive().getPrimitiveType() != boolean.class) return;
                ConfigValue value = config.getConfigValue(name);
                if (value.getValue() == null
                        || SWITCHES.contains(value.getValue().toLowerCase(Locale.ROOT))) return;
                problems.add(problem(name, value.getValue(), "true or false"));
            });
        }
        return problems;
    }

    /** The property whose value cannot be read, if that is what the message says. */
    static Optional<String> unreadable(String message) {
        return Stream.of(NOT_CONVERTED, EMPTY)
                .map(p -> p.matcher(message))
                .filter(Matcher::matches)
                .map(m -> m.group(1))
                .findFirst();
    }

    private Problem problem(String property, String value, String expected) {
        String remedy = ServiceLinks.isAddress(value)
                ? "Do not set " + Origins.variable(property) + ": " + ServiceLinks.REASON + "."
                : "Correct the value.";
        return Problem.configuration(origins.where(property), Secrets.shown(value), expected, remedy);
    }

    /** Messages about constraints leave out the quotes around the key of a map. */
    private String spelled(String property) {
        if (config.getConfigValue(property).getValue() != null) return property;
        for (String name : config.getPropertyNames()) {
            if (name.replace("\"", "").equals(property)) return name;
        }
        return property;
    }

    private String value(String property) {
        String value = config.getConfigValue(property).getValue();
        return value == null ? "" : value;
    }

    private static String expected(String reason) {
        Matcher allowed = ALLOWED.matcher(reason);
        if (allowed.matches()) {
            return Arrays.stream(allowed.group(1).split(",")).sorted().collect(Collectors.joining(", ", "one of ", ""));
        }
        if (reason.contains("SRCFG00029")) return "a whole number";
        if (reason.startsWith("Invalid duration")) return "a duration such as 500ms, 10s or 5m";
        return "another value (" + reason + ")";
    }

    private List<String> names() {
        return mappings.stream()
                .map(ConfigClass::getProperties)
                .map(Map::keySet)
                .flatMap(Set::stream)
                .toList();
    }
}
