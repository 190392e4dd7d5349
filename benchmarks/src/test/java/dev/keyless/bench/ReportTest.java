package dev.keyless.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class ReportTest {

    private final Figures figures = new Figures();
    private final Report report = new Report(
            LocalDate.of(2026, 11, 24),
            new Machine("Some CPU", 2, "Linux", "25", 0.1),
            "./dev bench --quick",
            "the packaged key server",
            "the JDK's own providers",
            Pace.QUICK,
            figures);

    @Test
    void saysOfEachTargetWhetherItIsMet() {
        figures.add(Figure.PING_CPU, 3.2);
        figures.add(Figure.ECDSA_OVER_FLOOR, 1.5);

        assertEquals("server CPU per ping at most 4.0 us 3.2 us 3.2 met", line(Figure.PING_CPU));
        assertEquals(
                "server CPU per ECDSA P-256 operation over the bare signature at most 1.40 1.50 1.50 NOT MET",
                line(Figure.ECDSA_OVER_FLOOR));
        assertEquals("heap per idle connection at most 20.0 KB not measured", line(Figure.IDLE_HEAP));
    }

    @Test
    void listsOnlyFiguresThatWereMeasured() {
        figures.add(Figure.PING_RATE, 400_000);

        String all = report.text();

        assertTrue(all.contains(Figure.PING_RATE.text()));
        assertTrue(all.contains("400,000 /s"));
        assertFalse(all.contains(Figure.START_PLAIN.text()));
    }

    @Test
    void writesThePageWithItsDateItsMachineAndTheCommandThatMadeIt() {
        figures.add(Figure.PING_CPU, 3.2);

        String page = report.markdown();

        assertTrue(page.contains("2026-11-24"));
        assertTrue(page.contains("Some CPU"));
        assertTrue(page.contains("`./dev bench --quick`"));
        assertTrue(page.contains("| server CPU per ping | at most 4.0 us | 3.2 us | 3.2 | met |"));
    }

    @Test
    void keepsEveryRoundInTheJson() {
        for (double value : new double[] {3, 5, 4}) figures.add(Figure.PING_CPU, value);

        JsonObject ping = report.json().getJsonObject("figures").getJsonObject("ping_cpu");

        assertEquals(new JsonArray().add(3.0).add(5.0).add(4.0), ping.getJsonArray("rounds"));
        assertEquals(4.0, ping.getDouble("median"));
        assertEquals(4.0, ping.getDouble("target"));
        assertTrue(ping.getBoolean("met"));
    }

    /** The target's line, the space between the columns taken out. */
    private String line(Figure figure) {
        return report.text()
                .lines()
                .filter(candidate -> candidate.startsWith(figure.text()))
                .findFirst()
                .orElseThrow()
                .replaceAll(" +", " ");
    }
}
