package dev.keyless.bench;

import dev.keyless.bench.PackagedServers.Cores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who runs where when one core is compared with two. With four cores or more the load client has its own; with two it has the
 * second one while the server has one, and shares both when the server has both.
 */
record CorePlan(Split one, Split two) {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String ALLOWED = "Cpus_allowed_list:";

    /** Where this process may run, as it was at the beginning. */
    private static final Cores ALL = new Cores(allowed());

    /** Cores of the server and of the load client. */
    record Split(Cores server, Cores client) {

        void pinClient() {
            pin(client);
        }
    }

    /** Empty on a machine where this cannot be done: not Linux, no taskset, or one core. */
    static Optional<CorePlan> here() {
        if (ALL.numbers().size() < 2 || !pin(ALL)) return Optional.empty();
        return Optional.of(of(ALL.numbers()));
    }

    static CorePlan of(List<Integer> cores) {
        Cores first = new Cores(cores.subList(0, 1));
        Cores both = new Cores(cores.subList(0, 2));
        Cores others = new Cores(cores.subList(1, cores.size()));
        Cores rest = cores.size() < 4 ? new Cores(cores) : new Cores(cores.subList(2, cores.size()));
        return new CorePlan(new Split(first, cores.size() < 4 ? others : rest), new Split(both, rest));
    }

    /** Lets this process run anywhere again. */
    static void unpinClient() {
        pin(ALL);
    }

    private static boolean pin(Cores cores) {
        try {
            return new ProcessBuilder(
                                    "taskset",
                                    "-acp",
                                    cores.list(),
                                    Long.toString(ProcessHandle.current().pid()))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }

    private static List<Integer> allowed() {
        try {
            return Files.readString(STATUS)
                    .lines()
                    .filter(line -> line.startsWith(ALLOWED))
                    .findFirst()
                    .map(line -> parse(line.substring(ALLOWED.length()).strip()))
                    .orElse(List.of());
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Reads {@code 0-3,8}. */
    static List<Integer> parse(String list) {
        List<Integer> cores = new ArrayList<>();
        for (String range : list.split(",")) {
            String[] ends = range.split("-", 2);
            int last = Integer.parseInt(ends[ends.length - 1]);
            for (int core = Integer.parseInt(ends[0]); core <= last; core++) cores.add(core);
        }
        return List.copyOf(cores);
    }
}
