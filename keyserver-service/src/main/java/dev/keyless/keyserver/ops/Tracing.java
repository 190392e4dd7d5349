package dev.keyless.keyserver.ops;

import dev.keyless.keyserver.signing.Served;
import dev.keyless.protocol.ErrorCode;
import dev.keyless.protocol.Frame;
import dev.keyless.protocol.Opcode;
import dev.keyless.protocol.Ski;
import dev.keyless.protocol.SpanContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;

/**
 * One span a request, the caller's span as its parent. It is made when the answer has gone out, with the times that were
 * measured anyway, so that a request that is not traced costs nothing.
 */
final class Tracing {

    private final Tracer tracer;
    private final InstantSource clock;

    Tracing(Tracer tracer, InstantSource clock) {
        this.tracer = tracer;
        this.clock = clock;
    }

    void record(Served served) {
        Frame request = served.request();
        Instant end = clock.instant();
        SpanBuilder builder = tracer.spanBuilder(
                        Opcode.find(request.opcode()).map(Opcode::wireName).orElse("unknown opcode"))
                .setSpanKind(SpanKind.SERVER)
                .setStartTimestamp(end.minusNanos(served.totalNanos()))
                .setAttribute("keyless.peer", served.peer().name())
                .setAttribute("keyless.wait_ns", served.waitNanos())
                .setAttribute("keyless.work_ns", served.workNanos());
        request.span().ifPresent(parent -> builder.setParent(Context.root().with(Span.wrap(remote(parent)))));
        request.ski().map(Ski::hex).ifPresent(ski -> builder.setAttribute("keyless.ski", ski));
        RequestContext.requestId(request).ifPresent(id -> builder.setAttribute("request_id", id));
        Span span = builder.startSpan();
        ErrorCode error = served.outcome().error();
        if (error != ErrorCode.NONE) span.setStatus(StatusCode.ERROR, error.text());
        span.end(end);
    }

    private static io.opentelemetry.api.trace.SpanContext remote(SpanContext parent) {
        return io.opentelemetry.api.trace.SpanContext.createFromRemoteParent(
                parent.traceId(),
                HexFormat.of().toHexDigits(parent.spanId()),
                parent.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(),
                TraceState.getDefault());
    }
}
