package dev.keyless.bench;

import dev.keyless.client.KeylessConnection;
import dev.keyless.protocol.Frame;
import dev.keyless.protocol.Opcode;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the measures, round after round, so that what else goes on in the machine falls on all of them alike. One server
 * serves all measures of all rounds but those of start and cores, so its memory is that of one that has worked for a while.
 */
final class Run implements AutoCloseable {

    private static final Frame PING =
            Frame.request(Opcode.PING).payload(new byte[] {'p'}).build();
    private static final int FLOODING = 64;
    private static final int NEVER_READING = 64;
    private static final int IDLE = 500;
    private static final int RSA_FLOODS = 4;
    private static final int MAX_WARM_UP = 5; // times as long on the clock
    private static final double MEGABYTE = 1024 * 1024;
    private static final double KILOBYTE = 1024;

    private final Servers servers;
    private final Pace pace;
    private final Load.Shape shape;
    private final Figures figures = new Figures();
    private final Floor floor = new Floor();
    private @Nullable RunningServer warm;
    private @Nullable StartTimes startTimes;

    Run(Servers servers, Pace pace, Load.Shape shape) {
        this.servers = servers;
        this.pace = pace;
        this.shape = shape;
    }

    /** @throws BenchException if something cannot be measured */
    Figures measure(Set<Measure> wanted) {
        for (int round = 1; round <= pace.rounds(); round++) {
            for (Measure measure : Measure.values()) {
                if (!wanted.contains(measure)) continue;
                System.err.printf("round %d of %d: %s%n", round, pace.rounds(), measure);
                take(measure);
            }
        }
        return figures;
    }

    /** What the bare signature was made with. */
    String floorProvider() {
        return floor.provider();
    }

    private void take(Measure measure) {
        switch (measure) {
            case FLOOR -> floor();
            case PING -> ping();
            case ECDSA -> warm().ecdsa().ifPresent(this::ecdsa);
            case RSA -> warm().rsa().ifPresent(this::rsa);
            case LATENCY -> latency();
            case MIXED -> mixed();
            case FLOOD -> flood();
            case HOSTILE -> hostile();
            case IDLE -> idle();
            case START -> servers.launcher().ifPresent(this::start);
            case CORES -> servers.launcher().ifPresent(this::cores);
        }
    }

    private void floor() {
        Duration time = pace.measure().dividedBy(4);
        figures.add(Figure.FLOOR_ECDSA, floor.ecdsa(time));
        figures.add(Figure.FLOOR_RSA, floor.rsa(time));
    }

    // --- throughput and its cost ---------------------------------------------------------------

    private void ping() {
        Tally tally = window(warm(), PING, pace.measure()).requireClean("ping");
        figures.add(Figure.PING_RATE, tally.perSecond());
        cpu(Figure.PING_CPU, tally);
    }

    private void ecdsa(TestedKey key) {
        Tally tally = window(warm(), key.request(), pace.measure()).requireClean("ECDSA");
        figures.add(Figure.ECDSA_RATE, tally.perSecond());
        cpu(Figure.ECDSA_CPU, tally);
        ratios(tally, Figure.FLOOR_ECDSA, Figure.ECDSA_OVER_FLOOR, Figure.ECDSA_CAPACITY);
        cores(tally, Figure.ECDSA_SERVER_CORES, Figure.ECDSA_CLIENT_CORES);
    }

    private void rsa(TestedKey key) {
        Tally tally = window(warm(), key.request(), pace.measure()).requireClean("RSA");
        figures.add(Figure.RSA_RATE, tally.perSecond());
        cpu(Figure.RSA_CPU, tally);
        ratios(tally, Figure.FLOOR_RSA, Figure.RSA_OVER_FLOOR, Figure.RSA_CAPACITY);
        cores(tally, Figure.RSA_SERVER_CORES, Figure.RSA_CLIENT_CORES);
    }

    private void cpu(Figure figure, Tally tally) {
        tally.usage().serverMicrosPer(tally.answered()).ifPresent(micros -> figures.add(figure, micros));
    }

    private void ratios(Tally tally, Figure bare, Figure overFloor, Figure capacity) {
        tally.usage().serverMicrosPer(tally.answered()).ifPresent(micros -> {
            figures.add(capacity, 1e6 / micros);
            figures.last(bare).ifPresent(least -> figures.add(overFloor, micros / least));
        });
    }

    private void cores(Tally tally, Figure ofServer, Figure ofClient) {
        tally.usage().serverCores().ifPresent(cores -> figures.add(ofServer, cores));
        figures.add(ofClient, tally.usage().clientCores());
    }

    private Tally window(RunningServer server, Frame request, Duration time) {
        try (Clients clients = clients(server);
                Load load = Load.start(clients.connect(shape.connections()), request, shape.window())) {
            return load.measure(time, server.meter());
        }
    }

    private static Clients clients(RunningServer server) {
        return Clients.of(server, Math.min(2, Runtime.getRuntime().availableProcessors()));
    }

    // --- latency -------------------------------------------------------------------------------

    private void latency() {
        warm().ecdsa().ifPresent(key -> {
            Tally tally = oneAtATime(warm(), key).requireClean("ECDSA, one at a time");
            figures.add(Figure.LATENCY_ECDSA_P50, tally.percentile(50));
            figures.add(Figure.LATENCY_ECDSA_P90, tally.percentile(90));
            figures.add(Figure.LATENCY_ECDSA_P99, tally.percentile(99));
            figures.add(Figure.LATENCY_ECDSA_P999, tally.percentile(99.9));
        });
        warm().rsa().ifPresent(key -> {
            Tally tally = oneAtATime(warm(), key).requireClean("RSA, one at a time");
            figures.add(Figure.LATENCY_RSA_P50, tally.percentile(50));
            figures.add(Figure.LATENCY_RSA_P99, tally.percentile(99));
        });
    }

    /** An honest client: it waits for its answer. */
    private Tally oneAtATime(RunningServer server, TestedKey key) {
        try (Clients clients = Clients.of(server, 1);
                Load load = Load.start(clients.connect(1), key.request(), 1)) {
            return load.measure(pace.measure(), server.meter());
        }
    }

    private void mixed() {
        Optional<TestedKey> ecdsa = warm().ecdsa();
        Optional<TestedKey> rsa = warm().rsa();
        if (ecdsa.isEmpty() || rsa.isEmpty()) return;
        try (Crowd crowd = new Crowd(warm()).flood(RSA_FLOODS, rsa.get().request())) {
            long before = crowd.answered();
            Usage.Watch watch = Usage.watch(Optional.empty());
            Tally tally = oneAtATime(warm(), ecdsa.get()).requireClean("ECDSA while RSA floods");
            figures.add(Figure.MIXED_RSA_RATE, watch.stop().perSecond(crowd.answered() - before));
            figures.add(Figure.MIXED_P50, tally.percentile(50));
            figures.add(Figure.MIXED_P99, tally.percentile(99));
            figures.add(Figure.MIXED_P999, tally.percentile(99.9));
        }
    }

    // --- memory --------------------------------------------------------------------------------

    private void flood() {
        RunningServer server = warm();
        server.meter().ifPresent(ProcessMeter::resetPeak);
        try (Crowd crowd = new Crowd(server)) {
            flood(crowd, server, FLOODING);
            long before = crowd.answered();
            Usage.Watch watch = Usage.watch(Optional.empty());
            Clients.sleep(pace.measure());
            figures.add(Figure.FLOOD_RATE, watch.stop().perSecond(crowd.answered() - before));
            peak(Figure.FLOOD_PEAK, server);
        }
    }

    /** The same number for each kind of key. */
    private static void flood(Crowd crowd, RunningServer server, int connections) {
        int kinds = server.keys().size();
        for (TestedKey key : server.keys()) crowd.flood(connections / kinds, key.request());
    }

    private void hostile() {
        RunningServer server = warm();
        server.meter().ifPresent(ProcessMeter::resetPeak);
        try (Crowd crowd = new Crowd(server)) {
            TestedKey honest = server.ecdsa().orElse(server.keys().getFirst());
            crowd.idle(IDLE).trickle(honest.request());
            for (TestedKey key : server.keys()) {
                crowd.neverRead(NEVER_READING / server.keys().size(), key.request());
            }
            flood(crowd, server, FLOODING);
            long before = crowd.answered();
            Usage.Watch watch = Usage.watch(Optional.empty());
            Tally tally = oneAtATime(server, honest);
            figures.add(Figure.HOSTILE_FLOOD_RATE, watch.stop().perSecond(crowd.answered() - before));
            figures.add(Figure.HOSTILE_FAILED, tally.failed());
            if (server.ecdsa().isPresent()) {
                figures.add(Figure.HOSTILE_P50, tally.percentile(50));
                figures.add(Figure.HOSTILE_P99, tally.percentile(99));
            }
            peak(Figure.HOSTILE_PEAK, server);
        }
    }

    private void peak(Figure figure, RunningServer server) {
        OptionalLong bytes = server.meter().map(ProcessMeter::peakMemory).orElse(OptionalLong.empty());
        if (bytes.isPresent()) figures.add(figure, bytes.getAsLong() / MEGABYTE);
    }

    private void idle() {
        Optional<ProcessMeter> meter = warm().meter();
        if (meter.isEmpty()) return;
        try (Crowd crowd = new Crowd(warm())) {
            crowd.idle(IDLE / 10); // what the first connections bring with them is not theirs
            long heap = meter.get().liveHeap().orElse(0);
            crowd.idle(IDLE);
            long heapThen = meter.get().liveHeap().orElse(0);
            long missing = IDLE / 10 + IDLE - crowd.stillOpen();
            if (missing > 0) throw new BenchException("the server has closed " + missing + " idle connections already");
            if (heap > 0 && heapThen > 0) figures.add(Figure.IDLE_HEAP, (heapThen - heap) / KILOBYTE / IDLE);
        }
    }

    // --- start, cores --------------------------------------------------------------------------

    private void start(PackagedServers launcher) {
        StartTimes times = startTimes;
        if (times == null) times = startTimes = StartTimes.withTrainedCache(launcher);
        StartTimes.Start plain = times.plain();
        StartTimes.Start cached = times.cached();
        figures.add(Figure.START_PLAIN, Usage.seconds(plain.elapsed()));
        figures.add(Figure.START_PLAIN_CPU, Usage.seconds(plain.cpu()));
        figures.add(Figure.START_AOT, Usage.seconds(cached.elapsed()));
        figures.add(Figure.START_AOT_CPU, Usage.seconds(cached.cpu()));
    }

    private void cores(PackagedServers launcher) {
        Optional<CorePlan> plan = CorePlan.here();
        if (plan.isEmpty()) return;
        Speeds one = speeds(launcher, plan.get().one());
        Speeds two = speeds(launcher, plan.get().two());
        figures.add(Figure.CORES_RSA_ONE, one.rsa().perSecond());
        figures.add(Figure.CORES_RSA_TWO, two.rsa().perSecond());
        figures.add(Figure.CORES_RSA, two.rsa().perSecond() / one.rsa().perSecond());
        figures.add(Figure.CORES_RSA_CAPACITY, capacity(one.rsa(), two.rsa()));
        figures.add(Figure.CORES_ECDSA_ONE, one.ecdsa().perSecond());
        figures.add(Figure.CORES_ECDSA_TWO, two.ecdsa().perSecond());
        figures.add(Figure.CORES_ECDSA, two.ecdsa().perSecond() / one.ecdsa().perSecond());
        figures.add(Figure.CORES_ECDSA_CAPACITY, capacity(one.ecdsa(), two.ecdsa()));
    }

    private record Speeds(Tally ecdsa, Tally rsa) {}

    private Speeds speeds(PackagedServers launcher, CorePlan.Split split) {
        split.pinClient();
        try (PackagedServer server = launcher.start(split.server())) {
            warmUp(server);
            return new Speeds(
                    window(server, server.ecdsa().orElseThrow().request(), pace.measure())
                            .requireClean("ECDSA"),
                    window(server, server.rsa().orElseThrow().request(), pace.measure())
                            .requireClean("RSA"));
        } finally {
            CorePlan.unpinClient();
        }
    }

    /** How much more two cores could do than one, if nobody else took from them. */
    private static double capacity(Tally one, Tally two) {
        double before = one.usage().serverMicrosPer(one.answered()).orElseThrow();
        return 2 * before / two.usage().serverMicrosPer(two.answered()).orElseThrow();
    }

    // --- the warm server -----------------------------------------------------------------------

    private RunningServer warm() {
        RunningServer server = warm;
        if (server == null) {
            server = warm = servers.open();
            warmUp(server);
        }
        return server;
    }

    /** Also proves that the answers are signatures, where the public key is known. */
    private void warmUp(RunningServer server) {
        try (Clients clients = Clients.of(server, 1)) {
            KeylessConnection connection = clients.connect(1).getFirst();
            for (TestedKey key : server.keys()) key.requireSigned(Clients.ask(connection, key.request()));
        }
        Duration each = pace.warmUp().dividedBy(server.keys().size() + 1);
        warmUp(server, PING, each);
        for (TestedKey key : server.keys()) warmUp(server, key.request(), each);
    }

    /** By the CPU time that the server has had, or on a busy machine it would be measured before it is compiled. */
    private void warmUp(RunningServer server, Frame request, Duration cpu) {
        try (Clients clients = clients(server);
                Load load = Load.start(clients.connect(shape.connections()), request, shape.window())) {
            long start = System.nanoTime();
            Duration spent = Duration.ZERO;
            while (spent.compareTo(cpu) < 0 && System.nanoTime() - start < MAX_WARM_UP * cpu.toNanos()) {
                Usage usage = load.measure(cpu.dividedBy(4), server.meter())
                        .requireClean("warm-up")
                        .usage();
                spent = spent.plus(usage.serverCpu().orElse(usage.elapsed()));
            }
        }
    }

    @Override
    public void close() {
        if (warm != null) warm.close();
    }
}
