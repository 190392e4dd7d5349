package dev.keyless.keyserver.keys;

import dev.keyless.protocol.Opcode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What {@code --keystore-debug} prints.
 *
 * @param text a table of the keys, then what is wrong and what should be better
 * @param flawless whether every key works and there are no problems; warnings do not count
 */
public record KeyListing(String text, boolean flawless) {

    private static final List<String> HEADINGS = List.of("SKI", "KIND", "SIGNS", "OPCODES", "ORIGIN", "NAMES");

    /** Has each key sign once, which takes a while where there are thousands. */
    public static KeyListing of(LiveKeys keys) {
        List<List<String>> rows = new ArrayList<>(List.of(HEADINGS));
        boolean flawless = keys.problems().isEmpty();
        for (ServedKey key : keys.current().keys()) {
            boolean signs = KeyCheck.signs(key, Optional.empty());
            flawless &= signs;
            rows.add(row(key.info(), signs));
        }
        StringBuilder text = new StringBuilder();
        appendTable(text, rows);
        text.append("keys: ").append(keys.current().size()).append('\n');
        appendLines(text, "problem: ", keys.problems());
        appendLines(text, "warning: ", keys.warnings());
        return new KeyListing(text.toString(), flawless);
    }

    private static List<String> row(KeyInfo key, boolean signs) {
        return List.of(
                key.ski().hex(),
                key.description(),
                signs ? "yes" : "NO",
                ranges(key.opcodes()),
                key.origin(),
                key.names().isEmpty() ? "-" : String.join(" ", new TreeSet<>(key.names())));
    }

    /** Codes in hexadecimal, neighbours drawn together: {@code 01-07 35-37}. */
    private static String ranges(Collection<Opcode> opcodes) {
        StringBuilder text = new StringBuilder();
        int first = -1;
        int last = -1;
        for (int code : opcodes.stream().mapToInt(Opcode::code).sorted().toArray()) {
            if (first >= 0 && code != last + 1) {
                appendRange(text, first, last);
                first = code;
            } else if (first < 0) {
                first = code;
            }
            last = code;
        }
        if (first >= 0) appendRange(text, first, last);
        return text.toString();
    }

    private static void appendRange(StringBuilder text, int first, int last) {
        if (!text.isEmpty()) text.append(' ');
        text.append(first == last ? "%02x".formatted(first) : "%02x-%02x".formatted(first, last));
    }

    private static void appendTable(StringBuilder text, List<List<String>> rows) {
        int[] widths = new int[HEADINGS.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
    }

    private static void appendLines(StringBuilder text, String prefix, List<String> lines) {
        for (String line : lines) text.append(prefix).append(line).append('\n');
    }
}
