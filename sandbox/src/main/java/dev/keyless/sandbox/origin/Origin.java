package dev.keyless.sandbox.origin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/**
 * A small web site.
 *
 * <pre>
 * GET  /              a page that says how the visitor came here
 * POST /echo          the body, sent back while it arrives
 * GET  /bytes/COUNT   as many bytes
 * </pre>
 */
public final class Origin implements AutoCloseable {

    private static final int BACKLOG = 128;
    private static final long MOST_BYTES = 1L << 30;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final LongAdder requests = new LongAdder();

    private Origin(HttpServer server) {
        this.server = server;
        server.createContext("/", exchange -> serve(exchange, this::page));
        server.createContext("/echo", exchange -> serve(exchange, Origin::echo));
        server.createContext("/bytes/", exchange -> serve(exchange, Origin::bytes));
        server.setExecutor(threads);
        server.start();
    }

    /** Starts on a free port of the loopback interface. */
    public static Origin start() {
        return start(0);
    }

    /** Starts on this port of the loopback interface; 0 takes a free one. */
    public static Origin start(int port) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try {
            return new Origin(HttpServer.create(address, BACKLOG));
        } catch (IOException e) {
            throw new UncheckedIOException("the origin cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }

    public URI uri() {
        InetSocketAddress address = server.getAddress();
        return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort());
    }

    /** Requests that were answered so far. */
    public long requests() {
        return requests.sum();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    @FunctionalInterface
    private interface Page {
        void answer(HttpExchange exchange) throws IOException;
    }

    private void serve(HttpExchange exchange, Page page) throws IOException {
        try (exchange) {
            requests.increment();
            page.answer(exchange);
        }
    }

    private void page(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestURI().getPath().equals("/")) {
            send(exchange, 404, "There is no such page on the sandbox's origin.\n");
            return;
        }
        send(exchange, 200, """
                Hello from the origin of the keyless sandbox.

                You asked for   https://%s/
                You came over   %s, %s
                The edge showed you a certificate whose key has the SKI
                                %s
                The edge does not have that key: a key server signed your handshake, or an earlier one that you resumed.
                """.formatted(
                        said(exchange, "X-Forwarded-Host"),
                        said(exchange, "X-Edge-Tls-Version"),
                        said(exchange, "X-Edge-Http-Version"),
                        said(exchange, "X-Edge-Key-Ski")));
    }

    /** Headers come from the edge, which sets them itself; whoever asks the origin directly fools only himself. */
    private static String said(HttpExchange exchange, String header) {
        String value = exchange.getRequestHeaders().getFirst(header);
        return value == null ? "(the edge did not say)" : value;
    }

    private static void echo(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (InputStream in = exchange.getRequestBody();
                OutputStream out = exchange.getResponseBody()) {
            in.transferTo(out);
        }
    }

    private static void bytes(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String digits = path.substring(path.lastIndexOf('/') + 1);
        if (!digits.matches("[0-9]{1,10}") || Long.parseLong(digits) > MOST_BYTES) {
            send(exchange, 400, "Expected /bytes/COUNT with a count of at most " + MOST_BYTES + ".\n");
            return;
        }
        long left = Long.parseLong(digits);
        exchange.sendResponseHeaders(200, left == 0 ? -1 : left);
        byte[] block = new byte[16 * 1024];
        try (OutputStream out = exchange.getResponseBody()) {
            for (; left > 0; left -= block.length) out.write(block, 0, (int) Math.min(left, block.length));
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
