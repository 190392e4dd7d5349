package dev.keyless.sandbox.edge;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.keyless.protocol.Frame;
import dev.keyless.sandbox.edge.EdgeMetrics.HandshakeOutcome;
import dev.keyless.sandbox.pki.CertificateSpec;
import dev.keyless.sandbox.pki.Identity;
import dev.keyless.sandbox.pki.KeyKind;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes that succeed, by the clients that people have. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EdgeHandshakeIT {

    @TempDir
    static Path folder;

    private EdgeLab lab;

    @BeforeAll
    void start() throws Exception {
        lab = new EdgeLab(folder, 1).start();
    }

    @AfterAll
    void stop() throws Exception {
        lab.close();
    }

    @ParameterizedTest
    @CsvSource({
        "P256,     --tlsv1.2, 1.2, --http1.1, 1.1",
        "P256,     --tlsv1.2, 1.2, --http2,   2",
        "P256,     --tlsv1.3, 1.3, --http1.1, 1.1",
        "P256,     --tlsv1.3, 1.3, --http2,   2",
        "RSA_2048, --tlsv1.2, 1.2, --http1.1, 1.1",
        "RSA_2048, --tlsv1.2, 1.2, --http2,   2",
        "RSA_2048, --tlsv1.3, 1.3, --http1.1, 1.1",
        "RSA_2048, --tlsv1.3, 1.3, --http2,   2",
        "P384,     --tlsv1.2, 1.2, --http2,   2",
        "P384,     --tlsv1.3, 1.3, --http2,   2",
        "ED25519,  --tlsv1.2, 1.2, --http2,   2",
        "ED25519,  --tlsv1.3, 1.3, --http2,   2",
    })
    void curlGetsThePage(KeyKind kind, String from, String version, String http, String httpVersion) throws Exception {
        int before = lab.signatures();
        String[] options = {from, "--tls-max", version, http, "-w", "%{http_version}"};

        Tool.Result result = Tool.run(lab.curl(EdgeLab.host(kind), "/", options));

        assertEquals("", result.err());
        assertTrue(result.out().contains("TLSv" + version), result.out());
        assertTrue(result.out().contains(lab.identities.get(kind).ski().hex()), result.out());
        assertTrue(result.out().endsWith(httpVersion), result.out());
        assertEquals(before + 1, lab.signatures());
    }

    @ParameterizedTest
    @CsvSource({
        "P256,     -tls1_3, ECDSA+SHA256:RSA-PSS+SHA256",
        "RSA_2048, -tls1_3, RSA-PSS+SHA256",
        "P256,     -tls1_2, ECDSA+SHA256:RSA+SHA256",
        "RSA_2048, -tls1_2, RSA+SHA256",
        "RSA_2048, -tls1_2, RSA-PSS+SHA384",
    })
    void showsTheCertificateThatTheVisitorsSignatureSchemesAllow(KeyKind kind, String version, String schemes)
            throws Exception {
        Tool.Result result = lab.openssl(EdgeLab.WWW, version, "-sigalgs", schemes);

        assertEquals(lab.identities.get(kind).ski(), EdgeLab.shown(result));
        assertTrue(result.out().contains("Hello from the origin"), result.out());
    }

    @ParameterizedTest
    @CsvSource({"P256, ECDHE-ECDSA-AES256-GCM-SHA384", "RSA_2048, ECDHE-RSA-AES256-GCM-SHA384"})
    void showsTheCertificateThatTheVisitorsCipherSuitesAllow(KeyKind kind, String suite) throws Exception {
        Tool.Result result = lab.openssl(EdgeLab.WWW, "-tls1_2", "-cipher", suite);

        assertEquals(lab.identities.get(kind).ski(), EdgeLab.shown(result));
        assertTrue(result.out().contains("Hello from the origin"), result.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theJdksClientGetsThePage(String version) throws Exception {
        try (SSLSocket socket = jdkSocket(EdgeLab.WWW, version)) {
            socket.getOutputStream().write(EdgeLab.request(EdgeLab.WWW).getBytes(StandardCharsets.US_ASCII));

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertTrue(answer.startsWith("HTTP/1.1 200 OK"), answer);
            assertEquals(version, socket.getSession().getProtocol());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void resumesWithoutAskingTheKeyServer(String version) throws Exception {
        String session = folder.resolve("session" + version).toString();
        lab.openssl(EdgeLab.WWW, version, "-sess_out", session);
        int signatures = lab.signatures();
        long resumed = lab.edge.metrics().handshakes(HandshakeOutcome.RESUMED);

        Tool.Result again = lab.openssl(EdgeLab.WWW, version, "-sess_in", session);

        assertTrue(again.out().contains("Reused, "), again.out());
        assertTrue(again.out().contains("Hello from the origin"), again.out());
        assertTrue(again.out().contains(lab.identities.get(KeyKind.P256).ski().hex()), again.out());
        assertEquals(signatures, lab.signatures());
        assertEquals(resumed + 1, lab.edge.metrics().handshakes(HandshakeOutcome.RESUMED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void aSessionOfOneSiteIsNoneOnAnother(String version) throws Exception {
        String session = folder.resolve("other" + version).toString();
        lab.openssl(EdgeLab.WWW, version, "-sess_out", session);

        Tool.Result other = lab.openssl(EdgeLab.host(KeyKind.P256), version, "-sess_in", session);

        assertTrue(other.out().contains("New, "), other.out());
        assertTrue(other.out().contains("Hello from the origin"), other.out());
    }

    @Test
    void theKeyServerIsToldWhoseHandshakeItIs() throws Exception {
        Tool.run(lab.curl(EdgeLab.WWW, "/"));

        Frame request = lab.keyServers.getFirst().signingRequests().getLast();
        assertEquals(Optional.of(EdgeLab.WWW), request.serverName());
        assertEquals("127.0.0.1", request.clientIp().orElseThrow().getHostAddress());
    }

    @Test
    void servesOtherCertificatesFromNowOn() throws Exception {
        Identity renewed = lab.siteCa.issue(CertificateSpec.server("renewed.example.test"));
        lab.keyServers.getFirst().with(renewed);
        List<Site> before = lab.sites();

        lab.edge.serve(List.of(new Site(Set.of("*.example.test"), List.of(lab.certificate(renewed)))));
        Tool.Result result = Tool.run(lab.curl("renewed.example.test", "/"));
        lab.edge.serve(before);

        assertTrue(result.out().contains(renewed.ski().hex()), result.out() + result.err());
    }

    @Test
    void countsHandshakesAndSignatures() throws Exception {
        long full = lab.edge.metrics().handshakes(HandshakeOutcome.FULL);
        long signatures = lab.edge.metrics().signatures();

        Tool.run(lab.curl(EdgeLab.WWW, "/"));

        assertEquals(full + 1, lab.edge.metrics().handshakes(HandshakeOutcome.FULL));
        assertEquals(signatures + 1, lab.edge.metrics().signatures());
        await().until(() -> lab.edge.metrics().connections() == 0);
    }

    private SSLSocket jdkSocket(String host, String version) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", lab.siteCa.root());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        Socket plain = new Socket(lab.edge.address().getAddress(), lab.port());
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, lab.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {version});
        socket.setSSLParameters(parameters);
        return socket;
    }
}
