package dev.keyless.keyserver.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.keyless.keyserver.peers.Peer;
import dev.keyless.keyserver.signing.Outcome;
import dev.keyless.keyserver.signing.Served;
import dev.keyless.protocol.ErrorCode;
import dev.keyless.protocol.Frame;
import dev.keyless.protocol.Opcode;
import dev.keyless.protocol.SpanContext;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TracingTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final SdkTracerProvider provider = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(exporter))
            .build();
    private final Tracing tracing = new Tracing(provider.get("test"), () -> NOW);

    @Test
    void makesTheCallersSpanTheParent() {
        SpanContext caller = new SpanContext(0x1111, 0x2222, 0x3333, 0, 1, Map.of());

        tracing.record(served(sign().span(caller).build(1), new Outcome.Answered(Frame.response(1, new byte[1]))));

        SpanData span = exporter.getFinishedSpanItems().getFirst();
        assertEquals("00000000000011110000000000002222", span.getTraceId());
        assertEquals("0000000000003333", span.getParentSpanId());
        assertEquals("OpECDSASignSHA256", span.getName());
        assertEquals(Duration.ofMillis(5).toNanos(), span.getEndEpochNanos() - span.getStartEpochNanos());
    }

    @Test
    void carriesTheRequestIdAndTheError() {
        tracing.record(served(
                sign().requestContext("{\"request_id\":\"r-17\"}").build(1),
                new Outcome.Refused(ErrorCode.CRYPTO, "x")));

        SpanData span = exporter.getFinishedSpanItems().getFirst();
        assertEquals("r-17", span.getAttributes().get(AttributeKey.stringKey("request_id")));
        assertEquals(StatusCode.ERROR, span.getStatus().getStatusCode());
        assertEquals("cryptography error", span.getStatus().getDescription());
    }

    private static Frame.Builder sign() {
        return Frame.request(Opcode.ECDSA_SIGN_SHA256).payload(new byte[32]);
    }

    private static Served served(Frame request, Outcome outcome) {
        Peer peer = new Peer("edge", Set.of(), Optional.empty());
        return new Served(peer, request, outcome, 0, 0, 0, Duration.ofMillis(5).toNanos());
    }
}
