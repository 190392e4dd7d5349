package dev.keyless.bench;

import static dev.keyless.bench.Unit.CORES;
import static dev.keyless.bench.Unit.KILOBYTES;
import static dev.keyless.bench.Unit.MEGABYTES;
import static dev.keyless.bench.Unit.MICROSECONDS;
import static dev.keyless.bench.Unit.PER_SECOND;
import static dev.keyless.bench.Unit.RATIO;
import static dev.keyless.bench.Unit.REQUESTS;
import static dev.keyless.bench.Unit.SECONDS;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every number that a run can yield. */
enum Figure {
    FLOOR_ECDSA("bare ECDSA P-256 signature, CPU", MICROSECONDS),
    FLOOR_RSA("bare RSA-2048 operation, CPU", MICROSECONDS),

    PING_CPU("server CPU per ping", MICROSECONDS, Target.atMost(4)),
    PING_RATE("pings answered", PER_SECOND),

    ECDSA_OVER_FLOOR("server CPU per ECDSA P-256 operation over the bare signature", RATIO, Target.atMost(1.4)),
    ECDSA_CPU("server CPU per ECDSA P-256 operation", MICROSECONDS),
    ECDSA_RATE("ECDSA P-256 operations", PER_SECOND),
    ECDSA_CAPACITY("ECDSA P-256 operations a core, by CPU", PER_SECOND),
    ECDSA_SERVER_CORES("cores in use by the server meanwhile", CORES),
    ECDSA_CLIENT_CORES("cores in use by the load client meanwhile", CORES),

    RSA_OVER_FLOOR("server CPU per RSA-2048 operation over the bare signature", RATIO, Target.atMost(1.15)),
    RSA_CPU("server CPU per RSA-2048 operation", MICROSECONDS),
    RSA_RATE("RSA-2048 operations", PER_SECOND),
    RSA_CAPACITY("RSA-2048 operations a core, by CPU", PER_SECOND),
    RSA_SERVER_CORES("cores in use by the server meanwhile", CORES),
    RSA_CLIENT_CORES("cores in use by the load client meanwhile", CORES),

    LATENCY_ECDSA_P50("ECDSA latency, one at a time, p50", MICROSECONDS),
    LATENCY_ECDSA_P90("ECDSA latency, one at a time, p90", MICROSECONDS),
    LATENCY_ECDSA_P99("ECDSA latency, one at a time, p99", MICROSECONDS),
    LATENCY_ECDSA_P999("ECDSA latency, one at a time, p99.9", MICROSECONDS),
    LATENCY_RSA_P50("RSA latency, one at a time, p50", MICROSECONDS),
    LATENCY_RSA_P99("RSA latency, one at a time, p99", MICROSECONDS),

    MIXED_P50("ECDSA latency p50 while RSA floods", MICROSECONDS, Target.atMost(300)),
    MIXED_P99("ECDSA latency p99 while RSA floods", MICROSECONDS, Target.atMost(3000)),
    MIXED_P999("ECDSA latency p99.9 while RSA floods", MICROSECONDS),
    MIXED_RSA_RATE("RSA-2048 operations of the flood", PER_SECOND),

    FLOOD_PEAK("peak memory of the process, 64 connections flooding", MEGABYTES, Target.atMost(250)),
    FLOOD_RATE("operations answered meanwhile", PER_SECOND),

    HOSTILE_PEAK(
            "peak memory, 64 flooding, 64 that never read, 500 idle, one sending a byte a second",
            MEGABYTES,
            Target.atMost(250)),
    HOSTILE_P50("ECDSA latency p50 of an honest client among them", MICROSECONDS),
    HOSTILE_P99("ECDSA latency p99 of an honest client among them", MICROSECONDS, Target.atMost(3000)),
    HOSTILE_FAILED("requests of the honest client that failed", REQUESTS, Target.atMost(0)),
    HOSTILE_FLOOD_RATE("operations of the flooding ones", PER_SECOND),

    IDLE_HEAP("heap per idle connection", KILOBYTES, Target.atMost(20)),

    START_AOT("start to first answered request, AOT cache", SECONDS, Target.atMost(1.5)),
    START_AOT_CPU("server CPU of that", SECONDS),
    START_PLAIN("start to first answered request, no cache", SECONDS),
    START_PLAIN_CPU("server CPU of that", SECONDS),

    CORES_RSA("RSA-2048 operations on two cores over those on one", RATIO, Target.atLeast(1.8)),
    CORES_RSA_ONE("RSA-2048 operations, server on one core", PER_SECOND),
    CORES_RSA_TWO("RSA-2048 operations, server on two cores", PER_SECOND),
    CORES_RSA_CAPACITY("RSA-2048 capacity of two cores over one, by CPU", RATIO),
    CORES_ECDSA("ECDSA operations on two cores over those on one", RATIO),
    CORES_ECDSA_ONE("ECDSA operations, server on one core", PER_SECOND),
    CORES_ECDSA_TWO("ECDSA operations, server on two cores", PER_SECOND),
    CORES_ECDSA_CAPACITY("ECDSA capacity of two cores over one, by CPU", RATIO, Target.atLeast(1.8));

    private final String text;
    private final Unit unit;
    private final Target.@Nullable Bound bound; // a record is no constant to Error Prone, so its parts are held here
    private final double limit;

    Figure(String text, Unit unit) {
        this.text = text;
        this.unit = unit;
        this.bound = null;
        this.limit = 0;
    }

    Figure(String text, Unit unit, Target target) {
        this.text = text;
        this.unit = unit;
        this.bound = target.bound();
        this.limit = target.value();
    }

    String text() {
        return text;
    }

    Unit unit() {
        return unit;
    }

    Optional<Target> target() {
        return bound == null ? Optional.empty() : Optional.of(new Target(bound, limit));
    }

    /** As it is called in the JSON. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
