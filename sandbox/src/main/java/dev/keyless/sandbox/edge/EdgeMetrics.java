package dev.keyless.sandbox.edge;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts what the edge does. May be used from any thread; figures that belong together are read one after the other, so
 * they can differ by what happened in between.
 */
public final class EdgeMetrics {

    /** How a handshake ended. */
    public enum HandshakeOutcome {
        /** With a signature of the key server. */
        FULL,
        /** With an earlier session; nobody was asked for a signature. */
        RESUMED,
        /** The key server did not sign. */
        SIGNATURE_FAILED,
        /** The visitor hung up, took too long, or could not agree with the edge. */
        FAILED
    }

    /** Why a connection did not get as far as a handshake. */
    public enum Refusal {
        TOO_MANY_CONNECTIONS,
        /** No ClientHello in time. */
        TOO_SLOW,
        /** No TLS, or a ClientHello that makes no sense. */
        MALFORMED,
        /** No name, or one that is not served here. */
        UNKNOWN_NAME
    }

    /** Upper bounds of the histogram in seconds: a local key server answers in one ms, a deadline is seconds away. */
    private static final double[] BOUNDS = {0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10};

    private final Map<HandshakeOutcome, LongAdder> handshakes = adders(HandshakeOutcome.class);
    private final Map<Refusal, LongAdder> refusals = adders(Refusal.class);
    private final LongAdder signaturesFailed = new LongAdder();
    private final AtomicReference<@Nullable String> lastFailure = new AtomicReference<>();
    private final LongAdder signatureNanos = new LongAdder();
    /** One per bound, not cumulative, and one for what is slower than all. */
    private final LongAdder[] signatureTimes =
            Stream.generate(LongAdder::new).limit(BOUNDS.length + 1L).toArray(LongAdder[]::new);
    /** By the first digit of the status. */
    private final LongAdder[] responses =
            Stream.generate(LongAdder::new).limit(6).toArray(LongAdder[]::new);

    private final AtomicInteger connections = new AtomicInteger();

    EdgeMetrics() {}

    /** Connections that are open now. */
    public int connections() {
        return connections.get();
    }

    public long handshakes(HandshakeOutcome outcome) {
        return requireAdder(handshakes, outcome).sum();
    }

    public long refusals(Refusal reason) {
        return requireAdder(refusals, reason).sum();
    }

    /** Signatures that key servers made. */
    public long signatures() {
        return Arrays.stream(signatureTimes).mapToLong(LongAdder::sum).sum() - signaturesFailed.sum();
    }

    public long failedSignatures() {
        return signaturesFailed.sum();
    }

    /** Counts a connection if that does not make more than {@code most}; {@link #closed} takes it off again. */
    boolean opened(int most) {
        if (connections.incrementAndGet() <= most) return true;
        connections.decrementAndGet();
        refused(Refusal.TOO_MANY_CONNECTIONS);
        return false;
    }

    void closed() {
        connections.decrementAndGet();
    }

    void ended(HandshakeOutcome outcome) {
        requireAdder(handshakes, outcome).increment();
    }

    void refused(Refusal reason) {
        requireAdder(refusals, reason).increment();
    }

    void signed(long nanos) {
        observe(nanos);
    }

    void failedToSign(long nanos, Throwable cause) {
        signaturesFailed.increment();
        Throwable reason = cause instanceof CompletionException && cause.getCause() != null ? cause.getCause() : cause;
        lastFailure.set(Instant.now() + " " + reason);
        observe(nanos);
    }

    private void observe(long nanos) {
        double seconds = nanos / (double) TimeUnit.SECONDS.toNanos(1);
        int bucket = 0;
        while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) bucket++;
        signatureTimes[bucket].increment();
        signatureNanos.add(nanos);
    }

    void answered(int status) {
        responses[Math.clamp(status / 100, 0, responses.length - 1)].increment();
    }

    JsonObject toJson() {
        JsonObject byClass = new JsonObject();
        for (int i = 1; i < responses.length; i++) byClass.put(i + "xx", responses[i].sum());
        return new JsonObject()
                .put("connections", connections())
                .put("handshakes", json(handshakes))
                .put("refused", json(refusals))
                .put(
                        "signatures",
                        new JsonObject()
                                .put("succeeded", signatures())
                                .put("failed", failedSignatures())
                                .put("lastFailure", lastFailure.get())
                                .put("seconds", seconds()))
                .put("responses", byClass);
    }

    /** Prometheus' text format 0.0.4. */
    String toPrometheus() {
        StringBuilder out = new StringBuilder();
        head(out, "edge_connections", "gauge", "Connections that are open.");
        sample(out, "edge_connections", "", connections());
        head(out, "edge_handshakes_total", "counter", "TLS handshakes by how they ended.");
        handshakes.forEach(
                (outcome, n) -> sample(out, "edge_handshakes_total", "outcome=\"" + label(outcome) + "\"", n.sum()));
        head(out, "edge_refused_connections_total", "counter", "Connections that were closed before a handshake.");
        refusals.forEach(
                (why, n) -> sample(out, "edge_refused_connections_total", "reason=\"" + label(why) + "\"", n.sum()));
        head(out, "edge_remote_signatures_total", "counter", "Signatures asked of key servers.");
        sample(out, "edge_remote_signatures_total", "outcome=\"succeeded\"", signatures());
        sample(out, "edge_remote_signatures_total", "outcome=\"failed\"", failedSignatures());
        histogram(out);
        head(out, "edge_responses_total", "counter", "HTTP responses by class of status.");
        for (int i = 1; i < responses.length; i++) {
            sample(out, "edge_responses_total", "status=\"" + i + "xx\"", responses[i].sum());
        }
        return out.toString();
    }

    private void histogram(StringBuilder out) {
        String name = "edge_remote_signature_seconds";
        head(out, name, "histogram", "From asking a key server to its answer, failures included.");
        long count = 0;
        for (int i = 0; i < BOUNDS.length; i++) {
            count += signatureTimes[i].sum();
            sample(out, name + "_bucket", "le=\"" + BOUNDS[i] + "\"", count);
        }
        count += signatureTimes[BOUNDS.length].sum();
        sample(out, name + "_bucket", "le=\"+Inf\"", count);
        out.append(name).append("_sum ").append(seconds()).append('\n');
        sample(out, name + "_count", "", count);
    }

    private double seconds() {
        return signatureNanos.sum() / (double) TimeUnit.SECONDS.toNanos(1);
    }

    private static void head(StringBuilder out, String name, String type, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void sample(StringBuilder out, String name, String labels, long value) {
        out.append(name);
        if (!labels.isEmpty()) out.append('{').append(labels).append('}');
        out.append(' ').append(value).append('\n');
    }

    private static JsonObject json(Map<? extends Enum<?>, LongAdder> counts) {
        JsonObject json = new JsonObject();
        counts.forEach((what, count) -> json.put(label(what), count.sum()));
        return json;
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .collect(Collectors.toMap(
                        Function.identity(), ignored -> new LongAdder(), (a, b) -> a, () -> new EnumMap<>(type)));
    }

    private static <E extends Enum<E>> LongAdder requireAdder(Map<E, LongAdder> adders, E key) {
        LongAdder adder = adders.get(key);
        if (adder == null) throw new IllegalStateException("no counter for " + key);
        return adder;
    }
}
