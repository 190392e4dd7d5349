package dev.keyless.sandbox.edge;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests and pages on their way between curl and an origin. */
class ReverseProxyIT {

    private static final int MEGABYTE = 1 << 20;

    @TempDir
    Path folder;

    private EdgeLab lab;
    private HttpServer origin;

    @BeforeEach
    void start() throws Exception {
        origin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        origin.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        origin.start();
        URI uri = URI.create("http://127.0.0.1:" + origin.getAddress().getPort());
        lab = new EdgeLab(folder, 1)
                .start(Duration.ofSeconds(10), options -> EdgeOptions.of(uri).withOriginTimeout(Duration.ofSeconds(2)));
    }

    @AfterEach
    void stop() throws Exception {
        lab.close();
        origin.stop(0);
    }

    @ParameterizedTest
    @CsvSource({"--http1.1, -H Content-Type:a/b", "--http1.1, -H Transfer-Encoding:chunked", "--http2, -H A:b"})
    void bodiesOfAnySizePassBothWaysUnchanged(String http, String header) throws Exception {
        origin.createContext("/", ReverseProxyIT::echo);
        byte[] body = new byte[5 * MEGABYTE + 7];
        new Random(1).nextBytes(body);

        Tool.Result result =
                Tool.run(lab.curl(EdgeLab.WWW, "/", http, "-H", header.substring(3), "--data-binary", "@-"), body);

        assertEquals("", result.err());
        assertTrue(new String(body, StandardCharsets.ISO_8859_1).equals(result.out()), "the body came back changed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--http1.1", "--http2"})
    void requestsWithoutABodyHaveNone(String http) throws Exception {
        origin.createContext("/", ReverseProxyIT::echo);

        assertEquals("200", status(http));
        assertEquals("200", status(http, "-X", "DELETE"));
        assertEquals("200", status(http, "-X", "POST"));
        assertEquals("200", status(http, "-I"));
    }

    @Test
    void aVisitorWhoDoesNotReadStopsTheOrigin() throws Exception {
        long size = 512L * MEGABYTE;
        AtomicLong written = new AtomicLong();
        origin.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, size);
            byte[] block = new byte[16 * 1024];
            try (OutputStream out = exchange.getResponseBody()) {
                while (written.get() < size) {
                    out.write(block);
                    written.addAndGet(block.length);
                }
            }
        });
        // curl writes to a pipe that nobody empties.
        Process curl = new ProcessBuilder(lab.curl(EdgeLab.WWW, "/")).start();
        try {
            await().until(() -> written.get() > 0);
            AtomicLong before = new AtomicLong(-1);
            await().pollInterval(Duration.ofMillis(500))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> before.getAndSet(written.get()) == written.get());

            assertTrue(written.get() < size / 4, "the origin could write " + written.get() + " bytes to nobody");
        } finally {
            curl.destroyForcibly();
        }
    }

    @Test
    void theOriginIsToldAboutTheVisitorByTheEdgeAlone() throws Exception {
        origin.createContext("/", exchange -> {
            StringBuilder headers = new StringBuilder();
            exchange.getRequestHeaders()
                    .forEach((name, values) ->
                            headers.append(name).append(": ").append(values).append('\n'));
            send(exchange, 200, headers.toString());
        });

        String seen = Tool.run(lab.curl(
                        EdgeLab.WWW,
                        "/",
                        "--http1.1",
                        "-H",
                        "X-Forwarded-For: 6.6.6.6",
                        "-H",
                        "X-Edge-Key-Ski: forged",
                        "-H",
                        "X-Forwarded-Client-Cert: forged",
                        "-H",
                        "X-Edge-Role: forged",
                        "-H",
                        "Connection: close, X-Private",
                        "-H",
                        "X-Private: for the edge only",
                        "-H",
                        "X-Public: for the origin"))
                .out();

        assertTrue(seen.contains("X-forwarded-for: [127.0.0.1]"), seen);
        assertTrue(seen.contains("X-forwarded-proto: [https]"), seen);
        assertTrue(seen.contains("Host: [" + EdgeLab.WWW + ":" + lab.port() + "]"), seen);
        assertTrue(seen.contains("X-public: [for the origin]"), seen);
        assertFalse(seen.contains("6.6.6.6"), seen);
        assertFalse(seen.contains("forged"), seen);
        assertFalse(seen.contains("X-private"), seen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--http1.1", "--http2"})
    void aRequestForAnotherSiteThanTheCertificatesIsMisdirected(String http) throws Exception {
        origin.createContext("/", ReverseProxyIT::echo);

        assertEquals("421", status(http, "-H", "Host: rsa.example.test"));
        assertEquals("421", status(http, "-H", "Host: unknown.example.test"));
    }

    @Test
    void anOriginThatIsDownGivesBadGateway() throws Exception {
        origin.stop(0);

        assertEquals("502", status("--http2"));
        assertEquals("502", status("--http1.1"));
    }

    @Test
    void anOriginThatDoesNotAnswerGivesGatewayTimeout() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        origin.createContext("/", exchange -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        assertEquals("504", status("--http2"));
        assertEquals("504", status("--http1.1"));
        never.countDown();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--http1.1", "--http2"})
    void aPageThatTheOriginBreaksOffIsSeenToBeBrokenOff(String http) throws Exception {
        origin.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, MEGABYTE);
            exchange.getResponseBody().write(new byte[1000]);
            exchange.getResponseBody().flush();
            throw new IOException("the origin breaks off");
        });

        Tool.Result result = Tool.run(lab.curl(EdgeLab.WWW, "/", http));

        assertNotEquals(0, result.exit());
    }

    @Test
    void manyRequestsShareAConnection() throws Exception {
        origin.createContext("/", ReverseProxyIT::echo);
        String url = "https://" + EdgeLab.WWW + ":" + lab.port() + "/[1-40]";

        Tool.Result result = Tool.run(lab.curl(EdgeLab.WWW, "/", "-w", "%{http_code} ", url, "--parallel"));

        assertEquals("200 ".repeat(41), result.out(), result.err());
    }

    private String status(String... options) throws Exception {
        List<String> command = lab.curl(EdgeLab.WWW, "/", options);
        command.addAll(List.of("-o", "/dev/null", "-w", "%{http_code}"));
        Tool.Result result = Tool.run(command);
        assertEquals("", result.err());
        return result.out();
    }

    private static void echo(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean empty = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(200, empty ? -1 : body.length);
            if (!empty) exchange.getResponseBody().write(body);
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
