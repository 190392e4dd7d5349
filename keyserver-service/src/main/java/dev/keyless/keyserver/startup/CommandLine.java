package dev.keyless.keyserver.startup;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The flags, read as gokeyless's library does (pflag): {@code --flag value}, {@code --flag=value}, {@code -f value}, {@code
 * -fvalue}, short switches together, a dash or an underscore between words alike; of a flag given twice the last one counts.
 */
final class CommandLine {

    private static final String REMEDY = "See --help.";

    private final Map<Setting, Given> flags = new EnumMap<>(Setting.class);
    private final List<Problem> problems = new ArrayList<>();

    private CommandLine() {}

    static CommandLine parse(List<String> arguments) {
        CommandLine line = new CommandLine();
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) line.read(rest.remove(), rest);
        return line;
    }

    /** Whether a switch is on. */
    boolean is(Setting flag) {
        return flags.containsKey(flag);
    }

    Optional<Given> value(Setting flag) {
        return Optional.ofNullable(flags.get(flag));
    }

    /** What could not be understood. */
    List<Problem> problems() {
        return List.copyOf(problems);
    }

    private void read(String argument, Deque<String> rest) {
        if (argument.startsWith("--") && argument.length() > 2) {
            readLong(argument, rest);
        } else if (argument.startsWith("-") && argument.length() > 1 && !argument.equals("--")) {
            readShort(argument, rest);
        } else {
            String remedy = "A value follows its flag: --flag value or --flag=value. " + REMEDY;
            problems.add(Problem.usage("command line", Secrets.shown(argument), "nothing but flags", remedy));
        }
    }

    private void readLong(String argument, Deque<String> rest) {
        int equals = argument.indexOf('=');
        String name = argument.substring(2, equals < 0 ? argument.length() : equals);
        String key = name.replace('-', '_');
        Optional<Setting> flag =
                Setting.all().filter(s -> s.hasFlag() && s.key().equals(key)).findFirst();
        if (flag.isEmpty()) {
            unknown("--" + name);
        } else if (equals >= 0) {
            put(flag.get(), argument.substring(equals + 1));
        } else if (flag.get().argument().isEmpty()) {
            put(flag.get(), "true");
        } else {
            putNext(flag.get(), rest);
        }
    }

    /** Some letters: switches, and at the end perhaps one flag with its value. */
    private void readShort(String argument, Deque<String> rest) {
        for (int i = 1; i < argument.length(); i++) {
            String letter = argument.substring(i, i + 1);
            Optional<Setting> flag = Setting.all()
                    .filter(s -> s.shortFlag().filter(letter::equals).isPresent())
                    .findFirst();
            if (flag.isEmpty()) {
                unknown("-" + letter);
                return;
            }
            String tail = argument.substring(i + 1);
            if (tail.startsWith("=")) {
                put(flag.get(), tail.substring(1));
                return;
            }
            if (flag.get().argument().isEmpty()) {
                put(flag.get(), "true");
            } else if (tail.isEmpty()) {
                putNext(flag.get(), rest);
            } else {
                put(flag.get(), tail);
                return;
            }
        }
    }

    private void putNext(Setting flag, Deque<String> rest) {
        if (rest.isEmpty()) {
            problems.add(Problem.usage("flag " + flag.flag(), "nothing after it", flag.argument(), "Add the value."));
        } else {
            put(flag, rest.remove());
        }
    }

    private void put(Setting flag, String value) {
        Given given = new Given(value, "flag " + flag.flag());
        if (!flag.argument().isEmpty()) {
            flags.put(flag, given);
            return;
        }
        switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "t", "1" -> flags.put(flag, given);
            case "false", "f", "0" -> flags.remove(flag);
            default ->
                problems.add(
                        Problem.usage(given.where(), Secrets.shown(value), "true, false or no value", "Correct it."));
        }
    }

    private void unknown(String flag) {
        List<String> known =
                Setting.all().filter(Setting::hasFlag).map(Setting::flag).toList();
        String remedy = flag.startsWith("-D")
                ? "System properties (-Dname=value) go before -jar."
                : REMEDY + Suggestion.sentence(flag, known);
        problems.add(Problem.usage("command line", "the unknown flag " + flag, "a flag that --help lists", remedy));
    }
}
