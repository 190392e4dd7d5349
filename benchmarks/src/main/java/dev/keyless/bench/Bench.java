package dev.keyless.bench;

import dev.keyless.client.ServerAddress;
import dev.keyless.protocol.Ski;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The benchmark program: {@code ./dev bench}. */
@Command(
        name = "./dev bench",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        version = "Keyless SSL benchmarks",
        description = {
            "Measures the packaged key server, or another one, and prints what was measured beside what is wanted.",
            "With no options it takes about 8 minutes. Leave the machine alone meanwhile.%n"
        })
public final class Bench implements Callable<Integer> {

    private static final Path DOCUMENT = Path.of("docs", "benchmarks.md");

    @Option(names = "--quick", description = "One short round; good enough to see whether something is far off.")
    private boolean quick;

    @Option(names = "--rounds", paramLabel = "N", description = "How often to take each measure. Default: 3.")
    private Optional<Integer> rounds = Optional.empty();

    @Option(names = "--seconds", paramLabel = "N", description = "Length of each measure. Default: 8.")
    private Optional<Double> seconds = Optional.empty();

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            description = "Only these measures: ${COMPLETION-CANDIDATES}.")
    private Set<Measure> only = EnumSet.noneOf(Measure.class);

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "4",
            description = "Connections for throughput. Default: ${DEFAULT-VALUE}.")
    private int connections;

    @Option(
            names = "--window",
            paramLabel = "N",
            defaultValue = "64",
            description = "Requests in flight on each of them. Default: ${DEFAULT-VALUE}.")
    private int window;

    @Option(
            names = "--keyserver",
            paramLabel = "JAR",
            defaultValue = "keyserver-service/target/quarkus-app/quarkus-run.jar",
            description = "The packaged key server. Default: ${DEFAULT-VALUE}.")
    private Path keyserver = Path.of("");

    @Option(
            names = "--jvm-options",
            paramLabel = "OPTIONS",
            defaultValue = "-Xmx64m -XX:+UseSerialGC",
            description = "For the key server's JVM. Default: ${DEFAULT-VALUE}.")
    private String jvmOptions = "";

    @ArgGroup(exclusive = false, heading = "%nAnother server, already running:%n")
    private @Nullable Against against;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes every value of every round to this file.")
    private Optional<Path> json = Optional.empty();

    @Option(names = "--write-docs", description = "Writes the report to docs/benchmarks.md.")
    private boolean writeDocs;

    private final String command;
    private final CommandLine line = new CommandLine(this).setCaseInsensitiveEnumValuesAllowed(true);

    private Bench(String command) {
        this.command = command;
    }

    /** All of these but the process id belong together. */
    private static final class Against {

        @Option(
                names = "--against",
                required = true,
                paramLabel = "HOST:PORT",
                description = "Measures the key server there; what needs a restart of it is left out.")
        private String address = "";

        @Option(names = "--ca", required = true, paramLabel = "FILE", description = "CA of its certificate, PEM.")
        private Path ca = Path.of("");

        @Option(names = "--cert", required = true, paramLabel = "FILE", description = "Our client certificate, PEM.")
        private Path certificate = Path.of("");

        @Option(names = "--key", required = true, paramLabel = "FILE", description = "The key to it, PEM.")
        private Path key = Path.of("");

        @Option(
                names = "--ski",
                required = true,
                split = ",",
                paramLabel = "SKI",
                description = "A key that it holds, P-256 or RSA, as 40 hexadecimal digits; once for each key.")
        private List<String> skis = List.of();

        @Option(names = "--pid", paramLabel = "PID", description = "Its process, to measure CPU and memory too.")
        private Optional<Long> pid = Optional.empty();

        ForeignServer server() {
            return ForeignServer.at(
                    ServerAddress.parse(address),
                    new ClientFiles(ca, certificate, key),
                    skis.stream().map(Ski::parse).toList(),
                    pid.map(ProcessMeter::of));
        }
    }

    /** Ends with 0 if it could measure, whatever came out; with 1 if not; with 2 if the arguments are wrong. */
    public static void main(String[] arguments) {
        String command = "./dev bench " + String.join(" ", arguments);
        System.exit(new Bench(command.strip()).run(arguments));
    }

    private int run(String[] arguments) {
        line.setExecutionExceptionHandler((problem, _, _) -> {
            if (!(problem instanceof BenchException || problem instanceof UncheckedIOException)) throw problem;
            System.err.println("bench: " + problem.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        });
        return line.execute(arguments);
    }

    @Override
    public Integer call() throws IOException {
        Machine machine = Machine.here();
        Report report = against == null ? measurePackaged(machine) : measureForeign(machine, against);
        System.out.println(report.text());
        if (json.isPresent()) Files.writeString(json.get(), report.json().encodePrettily() + "\n");
        if (writeDocs) write(report);
        return CommandLine.ExitCode.OK;
    }

    private Report measurePackaged(Machine machine) {
        List<String> options = Arrays.stream(jvmOptions.split("\\s+"))
                .filter(option -> !option.isEmpty())
                .toList();
        try (Material material = Material.make()) {
            PackagedServers launcher = new PackagedServers(keyserver, options, material);
            return measure(new Servers.Packaged(launcher), machine, "the packaged key server, java " + jvmOptions);
        }
    }

    private Report measureForeign(Machine machine, Against options) {
        try {
            return measure(new Servers.Foreign(options.server()), machine, "the one at " + options.address);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(line, e.getMessage(), e);
        }
    }

    private Report measure(Servers servers, Machine machine, String what) {
        try (Run run = new Run(servers, pace(), shape())) {
            Figures figures = run.measure(measures());
            return new Report(
                    LocalDate.now(ZoneOffset.UTC), machine, command, what, run.floorProvider(), pace(), figures);
        }
    }

    /** A ratio to the floor needs the floor; a server that others have started is not restarted. */
    private Set<Measure> measures() {
        Set<Measure> wanted = only.isEmpty() ? EnumSet.allOf(Measure.class) : EnumSet.copyOf(only);
        if (against != null && wanted.removeIf(measure -> !measure.ofAnyServer()) && !only.isEmpty()) {
            throw new ParameterException(
                    line, "start and cores need a server that can be restarted: not with --against");
        }
        if (wanted.contains(Measure.ECDSA) || wanted.contains(Measure.RSA)) wanted.add(Measure.FLOOR);
        return wanted;
    }

    private Pace pace() {
        Pace base = quick ? Pace.QUICK : Pace.FULL;
        try {
            Duration measure = seconds.map(value -> Duration.ofMillis(Math.round(value * 1000)))
                    .orElse(base.measure());
            return new Pace(rounds.orElse(base.rounds()), measure, base.warmUp());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(line, e.getMessage(), e);
        }
    }

    private Load.Shape shape() {
        try {
            return new Load.Shape(connections, window);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(line, e.getMessage(), e);
        }
    }

    private static void write(Report report) throws IOException {
        if (DOCUMENT.getParent() != null) Files.createDirectories(DOCUMENT.getParent());
        Files.writeString(DOCUMENT, report.markdown());
        System.err.println("Written: " + DOCUMENT);
    }
}
