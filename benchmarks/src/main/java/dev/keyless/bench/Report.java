package dev.keyless.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a run has found, for people and for programs. */
record Report(
        LocalDate date, Machine machine, String command, String server, String floor, Pace pace, Figures figures) {

    private static final String NOT_MEASURED = "not measured";

    private record Row(Figure figure, String target, String measured, String spread, String verdict) {

        List<String> cells() {
            return List.of(figure.text(), target, measured, spread, verdict);
        }
    }

    private static final List<String> TARGET_HEAD = List.of("target", "wanted", "measured", "of all rounds", "");
    private static final List<String> FIGURE_HEAD = List.of("figure", "median", "of all rounds");

    /** Plain text for a terminal. */
    String text() {
        StringBuilder out = new StringBuilder();
        facts().forEach(fact -> out.append(fact).append('\n'));
        out.append('\n').append(columns(TARGET_HEAD, targets()));
        out.append('\n').append(columns(FIGURE_HEAD, all()));
        return out.append('\n').append(String.join("\n", limits())).toString();
    }

    /** The page docs/benchmarks.md. */
    String markdown() {
        StringBuilder out = new StringBuilder("# Benchmarks\n\nMade by `")
                .append(command)
                .append("`, which writes this page; run it again rather than edit it.\n\n");
        facts().forEach(fact -> out.append("- ").append(fact).append('\n'));
        out.append("\n## Targets\n\n").append(pipes(TARGET_HEAD, targets()));
        out.append("\n## All figures\n\n").append(pipes(FIGURE_HEAD, all()));
        out.append("\n## How to read them\n\n");
        limits().forEach(line -> out.append("- ").append(line).append('\n'));
        return out.toString();
    }

    /** Every value of every round. */
    JsonObject json() {
        JsonObject values = new JsonObject();
        for (Figure figure : Figure.values()) {
            List<Double> rounds = figures.of(figure);
            if (rounds.isEmpty()) continue;
            JsonObject one = new JsonObject()
                    .put("text", figure.text())
                    .put("unit", figure.unit().symbol())
                    .put("median", figures.median(figure).orElseThrow())
                    .put("rounds", new JsonArray(rounds));
            figure.target()
                    .ifPresent(target -> one.put("target", target.value())
                            .put("met", target.isMetBy(figures.median(figure).orElseThrow())));
            values.put(figure.key(), one);
        }
        return new JsonObject()
                .put("date", date.toString())
                .put("command", command)
                .put("server", server)
                .put("machine", machine.toString())
                .put("figures", values);
    }

    private List<String> facts() {
        return List.of(
                "date: " + date,
                "machine: " + machine,
                "server: " + server,
                "bare signatures by: " + floor,
                "pace: " + pace.rounds() + (pace.rounds() == 1 ? " round" : " rounds") + ", "
                        + Unit.SECONDS.format(Usage.seconds(pace.measure())) + " each measure");
    }

    /** What the numbers depend on; the first line is about this run. */
    private List<String> limits() {
        List<String> lines = new ArrayList<>();
        usedCores(Figure.ECDSA_SERVER_CORES, Figure.ECDSA_CLIENT_CORES)
                .ifPresent(
                        used -> lines.add("Server and load client share the machine: during the ECDSA measure they had "
                                + used + " of " + machine.cores()
                                + "; what is missing went to other work or to waiting. A core's"
                                + " capacity by CPU is what the server could do with it alone."));
        lines.add(
                "CPU is user and system time of the server's process over the operations answered; a core's capacity is its"
                        + " inverse. The bare signature is measured in the same round, so the ratios do not depend on the machine's clock.");
        lines.add(
                "Percentiles are of one client that waits for each answer, on an event loop of its own. On a machine without"
                        + " idle cores they contain the time that it waits for a core itself.");
        lines.add(
                "Peak memory is the most that the whole process has resident during the measure, on a server that has served"
                        + " the measures before. Heap per connection is what is in use after full collections, before and after 500"
                        + " connections.");
        lines.add("With fewer than four cores the server on two of them shares these with the load client, which hardly"
                + " matters to RSA; for ECDSA the comparison of one core with two is by CPU.");
        return lines;
    }

    private Optional<String> usedCores(Figure byServer, Figure byClient) {
        return figures.median(byServer)
                .flatMap(server -> figures.median(byClient)
                        .map(client ->
                                "%s and %s cores".formatted(Unit.CORES.number(server), Unit.CORES.number(client))));
    }

    private List<List<String>> targets() {
        return Arrays.stream(Figure.values())
                .flatMap(figure -> figure.target().stream().map(target -> row(figure, target)))
                .map(Row::cells)
                .toList();
    }

    private Row row(Figure figure, Target target) {
        Optional<Double> median = figures.median(figure);
        return new Row(
                figure,
                target.format(figure.unit()),
                median.map(figure.unit()::format).orElse(NOT_MEASURED),
                spread(figure),
                median.map(value -> target.isMetBy(value) ? "met" : "NOT MET").orElse(""));
    }

    private List<List<String>> all() {
        return Arrays.stream(Figure.values())
                .filter(figure -> figures.median(figure).isPresent())
                .map(figure -> List.of(
                        figure.text(),
                        figure.unit().format(figures.median(figure).orElseThrow()),
                        spread(figure)))
                .toList();
    }

    private String spread(Figure figure) {
        return String.join(
                ", ", figures.of(figure).stream().map(figure.unit()::number).toList());
    }

    private static String columns(List<String> head, List<List<String>> rows) {
        List<List<String>> all = new ArrayList<>();
        all.add(head);
        all.addAll(rows);
        StringBuilder out = new StringBuilder();
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < head.size(); i++) {
                int column = i;
                int width = all.stream()
                        .mapToInt(cells -> cells.get(column).length())
                        .max()
                        .orElse(0);
                line.append(row.get(i)).append(" ".repeat(width - row.get(i).length() + 2));
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }

    private static String pipes(List<String> head, List<List<String>> rows) {
        StringBuilder out = new StringBuilder();
        out.append("| ").append(String.join(" | ", head)).append(" |\n");
        out.append("|").append(" --- |".repeat(head.size())).append('\n');
        for (List<String> row : rows)
            out.append("| ").append(String.join(" | ", row)).append(" |\n");
        return out.toString();
    }
}
