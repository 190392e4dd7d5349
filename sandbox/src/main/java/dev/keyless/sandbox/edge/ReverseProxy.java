package dev.keyless.sandbox.edge;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLSession;

/**
 * Passes requests on to the origin and its answers back, while they arrive; whoever reads slowly slows the other side
 * down, nothing is collected in between. One per event loop.
 */
final class ReverseProxy implements Handler<HttpServerRequest> {

    /** RFC 9110, section 7.6.1: these are about one connection, and end with it. */
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /** Only the edge may say these; a visitor's own are dropped. */
    private static final String FORWARDED = "x-forwarded-";

    private static final String EDGE = "x-edge-";
    private static final int MAX_WAITING_REQUESTS = 1024;

    private final HttpClient origin;
    private final EdgeOptions options;
    private final Supplier<Sites> sites;
    private final EdgeMetrics metrics;

    ReverseProxy(Vertx vertx, EdgeOptions options, Supplier<Sites> sites, EdgeMetrics metrics) {
        this.options = options;
        this.sites = sites;
        this.metrics = metrics;
        int port = options.origin().getPort();
        this.origin = vertx.createHttpClient(new HttpClientOptions()
                .setDefaultHost(options.origin().getHost())
                .setDefaultPort(port < 0 ? 80 : port)
                .setMaxPoolSize(options.maxOriginConnections())
                .setMaxWaitQueueSize(MAX_WAITING_REQUESTS)
                .setConnectTimeout((int) options.originTimeout().toMillis()));
    }

    @Override
    public void handle(HttpServerRequest request) {
        request.response()
                .endHandler(ignored -> metrics.answered(request.response().getStatusCode()));
        if (!isForThisConnection(request)) {
            refuse(request, 421, "This connection is for another host.");
        } else if (request.method().equals(HttpMethod.CONNECT)) {
            refuse(request, 405, "This edge is no tunnel.");
        } else {
            forward(request);
        }
    }

    /** RFC 9110, section 7.4: a request belongs to the site whose certificate the visitor was shown. */
    private boolean isForThisConnection(HttpServerRequest request) {
        Sites now = sites.get();
        Optional<Site> asked = Optional.ofNullable(request.authority())
                .map(HostAndPort::host)
                .flatMap(host -> now.find(host.toLowerCase(Locale.ROOT)));
        Optional<Site> shown =
                Optional.ofNullable(request.connection().indicatedServerName()).flatMap(now::find);
        return asked.isPresent() && asked.equals(shown);
    }

    private void forward(HttpServerRequest request) {
        request.pause();
        origin.request(new RequestOptions()
                        .setMethod(request.method())
                        .setURI(request.uri())
                        .setIdleTimeout(options.originTimeout().toMillis()))
                .onFailure(cause -> fail(request, cause))
                .onSuccess(outgoing -> exchange(request, outgoing));
    }

    private void exchange(HttpServerRequest request, HttpClientRequest outgoing) {
        copy(request.headers(), outgoing.headers());
        tellAboutVisitor(request, outgoing.headers());
        request.response().exceptionHandler(cause -> outgoing.reset());
        request.response().closeHandler(ignored -> outgoing.reset());
        outgoing.response().onSuccess(incoming -> answer(request, incoming)).onFailure(cause -> fail(request, cause));
        if (hasBody(request)) {
            if (!request.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) outgoing.setChunked(true);
            request.pipeTo(outgoing).onFailure(cause -> outgoing.reset());
        } else {
            request.resume();
            outgoing.end();
        }
    }

    /** In HTTP/2 a body of unknown length is announced by nothing. */
    private static boolean hasBody(HttpServerRequest request) {
        return request.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
                || request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
                || (request.version() == HttpVersion.HTTP_2 && !request.isEnded());
    }

    private void answer(HttpServerRequest request, HttpClientResponse incoming) {
        HttpServerResponse response = request.response();
        incoming.exceptionHandler(cause -> abort(request));
        if (response.ended() || response.closed()) {
            incoming.request().reset();
            return;
        }
        response.setStatusCode(incoming.statusCode());
        copy(incoming.headers(), response.headers());
        boolean bodyOfUnknownLength = !request.method().equals(HttpMethod.HEAD)
                && !incoming.headers().contains(HttpHeaderNames.CONTENT_LENGTH);
        response.setChunked(bodyOfUnknownLength);
        incoming.handler(part -> {
            response.write(part);
            if (response.writeQueueFull()) {
                incoming.pause();
                response.drainHandler(ignored -> incoming.resume());
            }
        });
        incoming.endHandler(ignored -> response.end());
    }

    private static void copy(MultiMap from, MultiMap to) {
        Set<String> dropped = new HashSet<>(HOP_BY_HOP);
        for (String value : from.getAll(HttpHeaderNames.CONNECTION)) {
            Arrays.stream(value.split(","))
                    .map(name -> name.strip().toLowerCase(Locale.ROOT))
                    .forEach(dropped::add);
        }
        from.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            boolean pseudo = lower.startsWith(":");
            boolean ours = lower.startsWith(FORWARDED) || lower.startsWith(EDGE);
            if (!pseudo && !ours && !dropped.contains(lower) && !lower.equals("host")) to.add(name, value);
        });
    }

    private static void tellAboutVisitor(HttpServerRequest request, MultiMap headers) {
        SSLSession session = request.sslSession();
        String authority = String.valueOf(request.authority());
        headers.set(HttpHeaderNames.HOST, authority);
        headers.add(HttpHeaderNames.VIA, "1.1 keyless-edge");
        headers.set("X-Forwarded-For", request.remoteAddress().hostAddress());
        headers.set("X-Forwarded-Proto", "https");
        headers.set("X-Forwarded-Host", authority);
        headers.set("X-Edge-Http-Version", request.version() == HttpVersion.HTTP_2 ? "HTTP/2" : "HTTP/1.1");
        headers.set("X-Edge-Tls-Version", session.getProtocol());
        if (session.getValue(SiteCertificate.class.getName()) instanceof SiteCertificate certificate) {
            headers.set("X-Edge-Key-Ski", certificate.ski().hex());
        }
    }

    private static void fail(HttpServerRequest request, Throwable cause) {
        if (request.response().headWritten()) {
            abort(request);
        } else if (cause instanceof TimeoutException) {
            refuse(request, 504, "The origin did not answer in time.");
        } else {
            refuse(request, 502, "The origin cannot be reached.");
        }
    }

    /** What was sent so far cannot be taken back; the visitor must see that it is not all. */
    private static void abort(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (!response.ended() && !response.closed() && !response.reset())
            request.connection().close();
    }

    private static void refuse(HttpServerRequest request, int status, String why) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) return;
        response.setStatusCode(status).putHeader(HttpHeaderNames.CONTENT_TYPE, "text/plain");
        response.putHeader(HttpHeaderNames.CACHE_CONTROL, "no-store");
        response.end(why + "\n");
        if (!request.isEnded()) request.resume();
    }
}
