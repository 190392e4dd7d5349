package dev.keyless.keyserver.ops;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.keyless.keyserver.net.ListenerEvents.Ending;
import dev.keyless.keyserver.peers.Peer;
import dev.keyless.keyserver.signing.Outcome;
import dev.keyless.keyserver.signing.Served;
import dev.keyless.protocol.ErrorCode;
import dev.keyless.protocol.Frame;
import dev.keyless.protocol.Opcode;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, labels and buckets as gokeyless has them, for dashboards that were made for it. */
@SuppressWarnings("deprecation") // it is the registry that the service exports with
class MetricsTest {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Metrics metrics;

    MetricsTest() {
        new MetricNames().customize(registry);
        metrics = new Metrics(registry);
    }

    @Test
    void countsRequestsByGokeylesssNameForTheOpcode() {
        serve(Opcode.ECDSA_SIGN_SHA256.code(), ErrorCode.NONE);
        serve(9, ErrorCode.BAD_OPCODE);

        assertExposes("keyless_requests_total{opcode=\"OpECDSASignSHA256\"} 1.0");
        assertExposes("keyless_requests_total{opcode=\"Op(9)\"} 1.0");
    }

    @Test
    void timesRequestsInSecondsByTypeAndError() {
        serve(Opcode.RSA_PSS_SIGN_SHA256.code(), ErrorCode.NONE);
        serve(Opcode.ED25519_SIGN.code(), ErrorCode.KEY_NOT_FOUND);
        serve(0, ErrorCode.BAD_OPCODE);

        assertExposes("keyless_request_exec_duration_per_opcode_sum{error=\"no error\",type=\"rsa\"} 0.003");
        assertExposes("keyless_request_total_duration_per_opcode_sum{error=\"no error\",type=\"rsa\"} 0.01");
        assertExposes("keyless_request_total_duration_per_opcode_count{error=\"key not found due to no matching"
                + " SKI/SNI/ServerIP\",type=\"ed25519\"} 1");
        assertExposes("keyless_request_total_duration_per_opcode_count{error=\"bad opcode\",type=\"unknown\"} 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0E-4", "2.0E-4", "0.0032", "0.8192", "1.6384", "+Inf"})
    void hasGokeylesssBuckets(String bound) {
        serve(Opcode.RSA_PSS_SIGN_SHA256.code(), ErrorCode.NONE);

        assertExposes("keyless_request_exec_duration_per_opcode_bucket{error=\"no error\",type=\"rsa\",le=\"" + bound
                + "\"} " + (bound.endsWith("E-4") ? "0" : "1"));
    }

    @Test
    void tellsWaitingFromWorking() {
        serve(Opcode.RSA_PSS_SIGN_SHA256.code(), ErrorCode.NONE);

        assertExposes("keyless_request_wait_duration_sum 0.002");
        assertExposes("keyless_key_load_duration_sum 0.001");
    }

    @Test
    void countsConnectionsThatEndAndWhy() {
        metrics.ended(Ending.IDLE);
        metrics.ended(Ending.IO_ERROR);
        metrics.ended(Ending.HANDSHAKE_FAILED);

        assertExposes("keyless_failed_connection_total 1.0");
        assertExposes("keyless_connections_ended_total{cause=\"idle\"} 1.0");
        assertExposes("keyless_connections_ended_total{cause=\"handshake_failed\"} 1.0");
    }

    private void serve(int opcode, ErrorCode error) {
        Frame request = Frame.request(Opcode.PING).opcode(opcode).build(1);
        Outcome outcome = error == ErrorCode.NONE
                ? new Outcome.Answered(Frame.response(1, new byte[1]))
                : new Outcome.Refused(error, "test");
        Peer peer = new Peer("edge", Set.of(), Optional.empty());
        metrics.served(new Served(peer, request, outcome, millis(1), millis(2), millis(3), millis(10)));
    }

    private static long millis(long number) {
        return Duration.ofMillis(number).toNanos();
    }

    private void assertExposes(String line) {
        String all = registry.scrape().replace(",}", "}"); // a comma that the format allows
        assertTrue(all.lines().anyMatch(exposed -> exposed.startsWith(line)), () -> line + " is not in\n" + all);
    }
}
