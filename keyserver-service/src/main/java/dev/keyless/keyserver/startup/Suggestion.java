package dev.keyless.keyserver.startup;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What someone who mistyped a name probably meant. */
final class Suggestion {

    private static final int LONGEST_NAME = 64;

    private Suggestion() {}

    /** A sentence to go behind an error message, with a blank before it; empty if nothing is near enough. */
    static String sentence(String name, Collection<String> known) {
        return nearest(name, known).map(n -> " Did you mean " + n + "?").orElse("");
    }

    static Optional<String> nearest(String name, Collection<String> known) {
        if (name.length() > LONGEST_NAME) return Optional.empty();
        return known.stream()
                .filter(k -> distance(name, k) <= Math.max(1, Math.min(name.length(), k.length()) / 3))
                .min(Comparator.comparingInt((String k) -> distance(name, k)).thenComparing(k -> k));
    }

    /** Levenshtein's: the number of letters to insert, delete or change. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) previous[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, 1 + Math.min(previous[j], row[j - 1]));
            }
            previous = row;
        }
        return previous[b.length()];
    }
}
