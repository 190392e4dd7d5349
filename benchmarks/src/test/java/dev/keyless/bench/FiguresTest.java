package dev.keyless.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FiguresTest {

    private final Figures figures = new Figures();

    @Test
    void reportsTheMiddleOfAnOddNumberOfRounds() {
        for (double value : new double[] {9, 1, 4}) figures.add(Figure.PING_CPU, value);

        assertEquals(Optional.of(4.0), figures.median(Figure.PING_CPU));
        assertEquals(List.of(9.0, 1.0, 4.0), figures.of(Figure.PING_CPU));
        assertEquals(Optional.of(4.0), figures.last(Figure.PING_CPU));
    }

    @Test
    void reportsTheMeanOfTheTwoInTheMiddleOfAnEvenNumber() {
        for (double value : new double[] {10, 1, 4, 2}) figures.add(Figure.PING_CPU, value);

        assertEquals(Optional.of(3.0), figures.median(Figure.PING_CPU));
    }

    @Test
    void knowsNothingOfWhatWasNotMeasured() {
        assertEquals(Optional.empty(), figures.median(Figure.PING_CPU));
    }

    @Test
    void meetsATargetExactlyAtItsBound() {
        assertTrue(Target.atMost(4).isMetBy(4));
        assertFalse(Target.atMost(4).isMetBy(4.01));
        assertTrue(Target.atLeast(1.8).isMetBy(1.8));
        assertFalse(Target.atLeast(1.8).isMetBy(1.79));
    }
}
