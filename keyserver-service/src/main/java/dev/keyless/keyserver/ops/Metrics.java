package dev.keyless.keyserver.ops;

import dev.keyless.keyserver.keys.LiveKeys;
import dev.keyless.keyserver.net.Listener;
import dev.keyless.keyserver.net.ListenerEvents.Ending;
import dev.keyless.keyserver.signing.Served;
import dev.keyless.keyserver.signing.SigningPool;
import dev.keyless.protocol.ErrorCode;
import dev.keyless.protocol.Opcode;
import dev.keyless.protocol.Scheme;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The meters. Names, labels and buckets of the first group are gokeyless's, so that dashboards made for it go on working;
 * it calls its histograms without a unit ({@link MetricNames} sees to that), they are in seconds. The exporter adds
 * {@code _total} to counters.
 *
 * <p>Meters of the hot path are looked up by array index, not by name.
 */
final class Metrics {

    /** gokeyless's buckets: 15 of them, each twice the one before. */
    private static final Duration[] BOUNDS = IntStream.range(0, 15)
            .mapToObj(i -> Duration.ofNanos(100_000).multipliedBy(1L << i))
            .toArray(Duration[]::new);

    private static final int TYPES = Scheme.values().length + 1;
    private static final int ERRORS = ErrorCode.values().length;

    private final MeterRegistry registry;
    private final AtomicReferenceArray<Counter> requests = new AtomicReferenceArray<>(256);
    private final AtomicReferenceArray<Times> times = new AtomicReferenceArray<>(TYPES * ERRORS);
    private final AtomicReferenceArray<Counter> endings = new AtomicReferenceArray<>(Ending.values().length);
    private final Timer keyLoad;
    private final Timer wait;
    private final Counter failedConnections;
    private final Counter accepted;
    private final Counter violations;

    Metrics(MeterRegistry registry) {
        this.registry = registry;
        keyLoad = histogram("keyless_key_load_duration", "Time to find a key, in seconds");
        failedConnections = Counter.builder("keyless_failed_connection")
                .description("Connections that the peer closed, or that an error of reading or writing ended")
                .register(registry);
        wait = histogram(
                "keyless_request_wait_duration", "Time that a request waited for the signing pool, in seconds");
        accepted = Counter.builder("keyless_connections_accepted")
                .description("Connections whose handshake was completed")
                .register(registry);
        violations = Counter.builder("keyless_protocol_violations")
                .description("Packets that were no valid request")
                .register(registry);
    }

    private record Times(Timer work, Timer total) {}

    /** Gauges over what is in service. */
    void watch(Listener listener, SigningPool pool, LiveKeys keys, BooleanSupplier stopping) {
        Gauge.builder("keyless_connections", listener, Listener::connections)
                .description("Connections now, those in their handshake included")
                .register(registry);
        Gauge.builder("keyless_requests_pending", listener, Listener::pending)
                .description(
                        "Requests that wait for the signing pool or are being worked on, and one more for each KiB of them")
                .register(registry);
        Gauge.builder("keyless_requests_waiting", pool, SigningPool::waiting)
                .description("Requests that wait for a thread of the signing pool")
                .register(registry);
        Gauge.builder("keyless_signing_threads", pool, SigningPool::size)
                .description("Threads of the signing pool")
                .register(registry);
        Gauge.builder("keyless_keys", keys, live -> live.current().size())
                .description("Keys in service")
                .register(registry);
        Gauge.builder("keyless_key_problems", keys, live -> live.problems().size())
                .description("Files or objects in the key stores that should be keys and cannot be used")
                .register(registry);
        Gauge.builder("keyless_draining", stopping, it -> it.getAsBoolean() ? 1 : 0)
                .strongReference(true)
                .description("1 from the signal to stop until the end")
                .register(registry);
    }

    void served(Served served) {
        int code = served.request().opcode();
        counter(code).increment();
        Opcode opcode = Opcode.find(code).orElse(null);
        Times durations = times(opcode, served.outcome().error());
        durations.work.record(served.workNanos(), TimeUnit.NANOSECONDS);
        durations.total.record(served.totalNanos(), TimeUnit.NANOSECONDS);
        if (opcode != null && opcode.scheme().needsKey()) {
            keyLoad.record(served.decisionNanos(), TimeUnit.NANOSECONDS);
            wait.record(served.waitNanos(), TimeUnit.NANOSECONDS);
        }
    }

    void connected() {
        accepted.increment();
    }

    void ended(Ending ending) {
        if (ending == Ending.PEER_CLOSED || ending == Ending.IO_ERROR) failedConnections.increment();
        int index = ending.ordinal();
        Counter counter = endings.get(index);
        if (counter == null) {
            counter = Counter.builder("keyless_connections_ended")
                    .description("Connections that ended or did not come about, by cause")
                    .tag("cause", ending.name().toLowerCase(Locale.ROOT))
                    .register(registry);
            endings.set(index, counter);
        }
        counter.increment();
    }

    void violation() {
        violations.increment();
    }

    /** Something that was read from files has been read again; {@code whole} if all of it could be used. */
    void reloaded(String what, boolean whole) {
        Counter.builder("keyless_reloads")
                .description("Reloads of files, by what was reloaded and how it went")
                .tag("what", what)
                .tag("result", whole ? "ok" : "problems")
                .register(registry)
                .increment();
    }

    private Counter counter(int code) {
        Counter counter = requests.get(code);
        if (counter != null) return counter;
        Counter made = Counter.builder("keyless_requests")
                .description("Requests by opcode")
                .tag("opcode", Opcode.find(code).map(Opcode::wireName).orElse("Op(" + code + ")"))
                .register(registry);
        requests.set(code, made);
        return made;
    }

    private Times times(@Nullable Opcode opcode, ErrorCode error) {
        int type = opcode == null ? TYPES - 1 : opcode.scheme().ordinal();
        int index = type * ERRORS + error.ordinal();
        Times known = times.get(index);
        if (known != null) return known;
        String label = opcode == null ? "unknown" : opcode.scheme().label();
        Times made = new Times(
                histogram("keyless_request_exec_duration_per_opcode", "Work alone, in seconds", label, error),
                histogram(
                        "keyless_request_total_duration_per_opcode",
                        "From reading a request to writing its answer, in seconds",
                        label,
                        error));
        times.set(index, made);
        return made;
    }

    private Timer histogram(String name, String description, String type, ErrorCode error) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(BOUNDS)
                .tag("type", type)
                .tag("error", error.text())
                .register(registry);
    }

    private Timer histogram(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(BOUNDS)
                .register(registry);
    }
}
