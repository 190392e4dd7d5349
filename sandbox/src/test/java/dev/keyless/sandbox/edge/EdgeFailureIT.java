package dev.keyless.sandbox.edge;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.keyless.client.ServerHealth;
import dev.keyless.protocol.ErrorCode;
import dev.keyless.sandbox.edge.EdgeMetrics.HandshakeOutcome;
import dev.keyless.sandbox.edge.EdgeMetrics.Refusal;
import dev.keyless.sandbox.edge.KeyServerStandIn.Behaviour;
import dev.keyless.sandbox.pki.CertificateSpec;
import dev.keyless.sandbox.pki.KeyKind;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What visitors see when key servers fail, and what the edge does with visitors who misbehave. */
class EdgeFailureIT {

    private static final int CURL_TLS_FAILED = 35;

    @TempDir
    Path folder;

    private EdgeLab lab;

    @AfterEach
    void stop() throws Exception {
        lab.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2", "1.3"})
    void aRefusedSignatureFailsThatHandshakeAloneAndWithAnAlert(String version) throws Exception {
        lab = new EdgeLab(folder, 1).start();
        KeyServerStandIn keyServer = lab.keyServers.getFirst();

        keyServer.behave(new Behaviour.Refuse(ErrorCode.CRYPTO));
        Tool.Result failed = Tool.run(lab.curl(EdgeLab.WWW, "/", "--tls-max", version));
        keyServer.behave(new Behaviour.Sign());
        Tool.Result next = Tool.run(lab.curl(EdgeLab.WWW, "/", "--tls-max", version));

        assertEquals(CURL_TLS_FAILED, failed.exit());
        assertTrue(failed.err().contains("alert internal error"), failed.err());
        assertEquals(0, next.exit(), next.err());
        assertEquals(1, lab.edge.metrics().handshakes(HandshakeOutcome.SIGNATURE_FAILED));
        assertEquals(1, lab.edge.metrics().failedSignatures());
        assertEquals(1, lab.edge.metrics().handshakes(HandshakeOutcome.FULL));
    }

    @Test
    void aKeyThatTheServerDoesNotHaveFailsTheHandshake() throws Exception {
        lab = new EdgeLab(folder, 1).start();
        lab.edge.serve(List.of(new Site(
                Set.of("other.example.test"),
                List.of(lab.certificate(lab.siteCa.issue(CertificateSpec.server("other.example.test")))))));

        Tool.Result failed = Tool.run(lab.curl("other.example.test", "/"));

        assertEquals(CURL_TLS_FAILED, failed.exit());
        assertTrue(failed.err().contains("alert internal error"), failed.err());
    }

    @Test
    void aSlowKeyServerIsWaitedForUntilTheDeadline() throws Exception {
        lab = new EdgeLab(folder, 1).start(Duration.ofMillis(300), options -> options);
        CountDownLatch never = new CountDownLatch(1);
        lab.keyServers.getFirst().behave(new Behaviour.Wait(never));

        Tool.Result failed = Tool.run(lab.curl(EdgeLab.WWW, "/"));

        assertEquals(CURL_TLS_FAILED, failed.exit());
        assertTrue(failed.err().contains("alert internal error"), failed.err());
        assertEquals(1, lab.edge.metrics().handshakes(HandshakeOutcome.SIGNATURE_FAILED));
        never.countDown();
    }

    @Test
    void whoWaitsForASignatureHoldsNobodyUp() throws Exception {
        lab = new EdgeLab(folder, 1).start();
        KeyServerStandIn keyServer = lab.keyServers.getFirst();
        CountDownLatch released = new CountDownLatch(1);
        keyServer.behave(new Behaviour.Wait(released));
        Tool.Running waiting = Tool.start(lab.curl(EdgeLab.WWW, "/"), new byte[0]);
        await().until(() -> keyServer.signingRequests().size() == 1);

        keyServer.behave(new Behaviour.Sign());
        // More than there are event loops, so one of them shares its loop with the one that waits.
        for (int i = 0; i <= Runtime.getRuntime().availableProcessors(); i++) {
            assertEquals(0, Tool.run(lab.curl(EdgeLab.WWW, "/")).exit());
        }
        assertTrue(waiting.process().isAlive());
        released.countDown();

        assertEquals(0, waiting.await().exit());
    }

    @Test
    void aVisitorWhoHangsUpMeanwhileLeavesNothingBehind() throws Exception {
        lab = new EdgeLab(folder, 1).start();
        KeyServerStandIn keyServer = lab.keyServers.getFirst();
        CountDownLatch released = new CountDownLatch(1);
        keyServer.behave(new Behaviour.Wait(released));
        Tool.Running waiting = Tool.start(lab.curl(EdgeLab.WWW, "/"), new byte[0]);
        await().until(() -> keyServer.signingRequests().size() == 1);

        waiting.process().destroyForcibly();
        await().until(() -> lab.edge.metrics().connections() == 0);
        released.countDown();
        keyServer.behave(new Behaviour.Sign());

        await().until(() -> lab.edge.metrics().signatures() == 1);
        assertEquals(0, Tool.run(lab.curl(EdgeLab.WWW, "/")).exit());
        assertEquals(1, lab.edge.metrics().handshakes(HandshakeOutcome.FAILED));
    }

    @Test
    void recoversWhenTheKeyServerComesBack() throws Exception {
        lab = new EdgeLab(folder, 1).start();
        KeyServerStandIn keyServer = lab.keyServers.getFirst();
        assertEquals(0, Tool.run(lab.curl(EdgeLab.WWW, "/")).exit());

        keyServer.close();
        Tool.Result down = Tool.run(lab.curl(EdgeLab.WWW, "/"));
        lab.newKeyServer(keyServer.port());

        assertEquals(CURL_TLS_FAILED, down.exit());
        await().untilAsserted(() ->
                assertEquals(0, Tool.run(lab.curl(EdgeLab.WWW, "/")).exit()));
    }

    @Test
    void goesOnWithTheOtherKeyServerWhenOneIsGone() throws Exception {
        lab = new EdgeLab(folder, 2).start();
        await().until(() -> lab.health().stream().allMatch(server -> server.state() == ServerHealth.State.UP));

        lab.keyServers.getFirst().close();

        for (KeyKind kind : lab.identities.keySet()) {
            Tool.Result result = Tool.run(lab.curl(EdgeLab.host(kind), "/"));
            assertEquals(0, result.exit(), result.err());
        }
        assertEquals(0, lab.edge.metrics().failedSignatures());
    }

    @Test
    void asksTheOtherKeyServerWhenOneHangsUpInsteadOfAnAnswer() throws Exception {
        lab = new EdgeLab(folder, 2).start();
        await().until(() -> lab.health().stream().allMatch(server -> server.state() == ServerHealth.State.UP));
        lab.keyServers.getFirst().behave(new Behaviour.HangUp());

        for (int i = 0; i < 6; i++) {
            Tool.Result result = Tool.run(lab.curl(EdgeLab.WWW, "/"));
            assertEquals(0, result.exit(), result.err());
        }
        assertNotEquals(0, lab.keyServers.getFirst().signingRequests().size());
        assertEquals(0, lab.keyServers.getFirst().signatures());
    }

    @Test
    void aNameThatIsNotServedGetsAnAlert() throws Exception {
        lab = new EdgeLab(folder, 1).start();

        Tool.Result unknown = Tool.run(lab.curl("unknown.example.test", "/"));
        Tool.Result none = Tool.run(lab.curl("127.0.0.1", "/")); // no name is sent for an address

        assertTrue(unknown.err().contains("unrecognized name"), unknown.err());
        assertTrue(none.err().contains("unrecognized name"), none.err());
        assertEquals(2, lab.edge.metrics().refusals(Refusal.UNKNOWN_NAME));
        assertEquals(0, lab.signatures());
    }

    @Test
    void aVisitorThatCanUseNoneOfTheCertificatesGetsAnAlert() throws Exception {
        lab = new EdgeLab(folder, 1).start();

        Tool.Result result = lab.openssl(EdgeLab.host(KeyKind.P384), "-tls1_3", "-sigalgs", "RSA-PSS+SHA256");

        assertTrue(result.err().contains("handshake failure"), result.err());
        assertEquals(1, lab.edge.metrics().handshakes(HandshakeOutcome.FAILED));
        assertEquals(0, lab.signatures());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLS 1.0 offered alone: -tls1", "TLS 1.1 offered alone: -tls1_1"})
    void oldVersionsAreRefused(String version) throws Exception {
        lab = new EdgeLab(folder, 1).start();

        Tool.Result result =
                lab.openssl(EdgeLab.WWW, version.substring(version.indexOf('-')), "-cipher", "DEFAULT@SECLEVEL=0");

        assertTrue(result.err().contains("alert"), result.err());
        assertEquals(0, lab.signatures());
    }

    @Test
    void bytesThatAreNoTlsEndTheConnection() throws Exception {
        lab = new EdgeLab(folder, 1).start();

        try (Socket visitor = connect()) {
            visitor.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertEquals(7, visitor.getInputStream().readAllBytes().length, "the bytes of one alert, then the end");
        }
        assertEquals(1, lab.edge.metrics().refusals(Refusal.MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "160301000401000000", // a ClientHello without content
                "16030100060100000203ff", // one that ends early
                "1603014001010100000303", // one that says it has 64 KB
            })
    void aClientHelloThatMakesNoSenseEndsTheConnection(String hex) throws Exception {
        lab = new EdgeLab(folder, 1).start(Duration.ofSeconds(1), o -> o.withHandshakeTimeout(Duration.ofSeconds(1)));

        try (Socket visitor = connect()) {
            visitor.getOutputStream().write(HexFormat.of().parseHex(hex));

            visitor.getInputStream().readAllBytes();
        }
        await().until(() -> lab.edge.metrics().connections() == 0);
        assertEquals(0, lab.edge.metrics().handshakes(HandshakeOutcome.FULL));
    }

    @Test
    void whoSaysNothingIsClosedAfterTheHandshakeTimeout() throws Exception {
        lab = new EdgeLab(folder, 1).start(Duration.ofSeconds(1), o -> o.withHandshakeTimeout(Duration.ofMillis(200)));

        try (Socket visitor = connect()) {
            assertEquals(-1, visitor.getInputStream().read());
        }
        assertEquals(1, lab.edge.metrics().refusals(Refusal.TOO_SLOW));
    }

    @Test
    void furtherConnectionsThanTheLimitAreClosedAtOnceAndTakenAgainLater() throws Exception {
        lab = new EdgeLab(folder, 1).start(Duration.ofSeconds(5), o -> o.withMaxConnections(2));

        try (Socket first = connect();
                Socket second = connect()) {
            await().until(() -> lab.edge.metrics().connections() == 2);
            assertNotEquals(0, Tool.run(lab.curl(EdgeLab.WWW, "/")).exit());
            assertEquals(1, lab.edge.metrics().refusals(Refusal.TOO_MANY_CONNECTIONS));
            assertTrue(first.isConnected() && second.isConnected());
        }

        await().until(() -> lab.edge.metrics().connections() == 0);
        assertEquals(0, Tool.run(lab.curl(EdgeLab.WWW, "/")).exit());
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(lab.edge.address().getAddress(), lab.port());
        socket.setSoTimeout(20_000);
        return socket;
    }
}
