package dev.keyless.keyserver.startup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * gokeyless's settings as properties of ours. Each comes from its flag, else its {@code KEYLESS_*} variable, else the file.
 *
 * @param flags what came from flags: above everything else
 * @param rest what came from variables and the file: above our {@code application.properties}, below variables and system
 *     properties that name our property itself
 */
record GokeylessSettings(
        GokeylessConfigSource flags, GokeylessConfigSource rest, List<Problem> problems, List<String> warnings) {

    /** Above system properties (400): the command line is what somebody typed last. */
    static final int FLAG_ORDINAL = 450;

    /** Between {@code config/application.properties} (260) and {@code .env} (295), variables (300). */
    static final int REST_ORDINAL = 290;

    static GokeylessSettings read(
            CommandLine commandLine, Map<String, String> environment, Path directory, List<Path> folders) {
        return new Reader(commandLine, environment).read(directory, folders);
    }

    List<ConfigSource> sources() {
        return List.of(flags, rest);
    }

    private static final class Reader {

        private final CommandLine commandLine;
        private final Map<String, String> environment;
        private final Map<String, Given> flags = new HashMap<>();
        private final Map<String, Given> rest = new HashMap<>();
        private final List<Problem> problems = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();

        Reader(CommandLine commandLine, Map<String, String> environment) {
            this.commandLine = commandLine;
            this.environment = environment;
        }

        GokeylessSettings read(Path directory, List<Path> folders) {
            GokeylessFile file = commandLine
                    .value(Setting.CONFIG_FILE)
                    .or(() -> variable(Setting.CONFIG_FILE))
                    .map(name -> GokeylessFile.named(name, directory))
                    .orElseGet(() -> GokeylessFile.find(folders));
            problems.addAll(file.problems());
            warnings.addAll(file.warnings());
            Setting.all().forEach(s -> take(s, file));
            takeStores(file);
            lookForUnknownVariables();
            return new GokeylessSettings(
                    new GokeylessConfigSource("gokeyless flags", FLAG_ORDINAL, flags),
                    new GokeylessConfigSource("gokeyless file and variables", REST_ORDINAL, rest),
                    List.copyOf(problems),
                    List.copyOf(warnings));
        }

        private void take(Setting setting, GokeylessFile file) {
            Optional<Given> flag = commandLine.value(setting);
            Optional<Given> given = flag.or(() -> variable(setting)).or(() -> file.value(setting));
            if (given.isEmpty()) return;
            Map<String, Given> into = flag.isPresent() ? flags : rest;
            switch (setting.use()) {
                case Setting.Mapped mapped -> map(mapped, given.get(), into);
                case Setting.Retired retired -> retire(retired, given.get());
                case Setting.Refused refused ->
                    problems.add(Problem.usage(
                            given.get().where(),
                            "a flag for something that is not done here",
                            "no such flag",
                            "Instead, " + refused.instead() + "."));
                case Setting.Stores _, Setting.StoreList _, Setting.Control _ -> {}
            }
        }

        private void map(Setting.Mapped mapped, Given given, Map<String, Given> into) {
            try {
                String value = mapped.value().apply(given.value());
                if (value.isEmpty()) {
                    warnings.add(given.where() + ": " + Secrets.shown(given.value()) + " leaves " + mapped.property()
                            + " at its default");
                } else {
                    into.put(mapped.property(), new Given(value, given.where()));
                }
            } catch (IllegalArgumentException e) {
                problems.add(Problem.configuration(
                        given.where(),
                        Secrets.shown(given.value()),
                        String.valueOf(e.getMessage()),
                        "Correct the value."));
            }
        }

        /** The value is not shown: it may be a token. One that switches nothing on is passed over. */
        private void retire(Setting.Retired retired, Given given) {
            if (given.value().equals("false") || given.value().equals("0")) return;
            warnings.add(given.where() + " has no effect: " + retired.instead());
        }

        /** Lists from flags replace those from variables, these the file's: one of the three makes the whole list. */
        private void takeStores(GokeylessFile file) {
            List<Map<String, Given>> fromFlags = lists(commandLine::value);
            List<Map<String, Given>> fromVariables = lists(this::variable);
            if (!fromFlags.isEmpty()) {
                number(fromFlags, flags);
            } else if (!fromVariables.isEmpty()) {
                number(fromVariables, rest);
            } else {
                number(file.stores(), rest);
            }
        }

        private interface Source {
            Optional<Given> value(Setting setting);
        }

        private static List<Map<String, Given>> lists(Source source) {
            List<Map<String, Given>> stores = new ArrayList<>();
            Setting.all().forEach(setting -> {
                if (!(setting.use() instanceof Setting.Stores(String kind))) return;
                source.value(setting)
                        .ifPresent(given -> Arrays.stream(given.value().split(",", -1))
                                .map(String::strip)
                                .filter(path -> !path.isEmpty())
                                .forEach(path -> stores.add(Map.of(kind, new Given(path, given.where())))));
            });
            return stores;
        }

        private static void number(List<Map<String, Given>> stores, Map<String, Given> into) {
            for (int i = 0; i < stores.size(); i++) {
                String entry = "keyserver.keys.stores[" + i + "].";
                stores.get(i).forEach((kind, given) -> into.put(entry + kind, given));
            }
        }

        /** An empty variable counts as none, as for gokeyless; so does one that Kubernetes made from a Service's name. */
        private Optional<Given> variable(Setting setting) {
            if (!setting.hasVariable()) return Optional.empty();
            return Optional.ofNullable(environment.get(setting.variable()))
                    .filter(v -> !v.isEmpty() && !ServiceLinks.isAddress(v))
                    .map(v -> new Given(v, "variable " + setting.variable()));
        }

        private void lookForUnknownVariables() {
            List<String> known = Setting.all()
                    .filter(Setting::hasVariable)
                    .map(Setting::variable)
                    .toList();
            environment.forEach((name, value) -> {
                if (!name.toUpperCase(Locale.ROOT).startsWith("KEYLESS_") || value.isEmpty()) return;
                if (ServiceLinks.isMade(name, value)) {
                    if (known.contains(name))
                        warnings.add("variable " + name + " has no effect: " + ServiceLinks.REASON);
                } else if (name.equals(Setting.PRIVATE_KEY_STORES.variable())) {
                    warnings.add("variable " + name + " has no effect: use KEYLESS_PRIVATE_KEY_DIRS or"
                            + " KEYLESS_PRIVATE_KEY_FILES, or private_key_stores in the file");
                } else if (!known.contains(name)) {
                    warnings.add("variable " + Secrets.printable(name)
                            + " is no setting of gokeyless and has no effect." + Suggestion.sentence(name, known));
                }
            });
        }
    }
}
