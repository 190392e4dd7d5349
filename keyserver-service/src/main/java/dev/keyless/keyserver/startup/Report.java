package dev.keyless.keyserver.startup;

import java.util.List;

/** What an operator reads when the server does not start. */
final class Report {

    private Report() {}

    static String of(List<Problem> problems) {
        StringBuilder text = new StringBuilder("keyserver: not started, ")
                .append(problems.size() == 1 ? "1 problem" : problems.size() + " problems")
                .append(" with the configuration:\n");
        for (int i = 0; i < problems.size(); i++) {
            text.append("%3d. %s%n".formatted(i + 1, problems.get(i)));
        }
        return text.toString();
    }

    /** 2 if the command line was not understood, else 1. */
    static int exitCode(List<Problem> problems) {
        return problems.stream().anyMatch(p -> p.kind() == Problem.Kind.USAGE) ? 2 : 1;
    }
}
