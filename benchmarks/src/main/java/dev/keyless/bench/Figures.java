package dev.keyless.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the rounds have yielded so far. Not for use by several threads at once. */
final class Figures {

    private final Map<Figure, List<Double>> values = new EnumMap<>(Figure.class);

    void add(Figure figure, double value) {
        values.computeIfAbsent(figure, _ -> new ArrayList<>()).add(value);
    }

    /** One value a round, in their order; none if it was not measured. */
    List<Double> of(Figure figure) {
        return List.copyOf(values.getOrDefault(figure, List.of()));
    }

    /** The value of the last round in which there was one. */
    Optional<Double> last(Figure figure) {
        List<Double> all = of(figure);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    /** The middle one, or the mean of the two in the middle. */
    Optional<Double> median(Figure figure) {
        List<Double> sorted = new ArrayList<>(of(figure));
        if (sorted.isEmpty()) return Optional.empty();
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        boolean odd = sorted.size() % 2 == 1;
        return Optional.of(odd ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2);
    }
}
