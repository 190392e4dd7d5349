package dev.keyless.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.keyless.client.RemoteSigner;
import dev.keyless.sandbox.edge.Edge;
import dev.keyless.sandbox.edge.EdgeOptions;
import dev.keyless.sandbox.edge.RemotePrivateKey;
import dev.keyless.sandbox.edge.Site;
import dev.keyless.sandbox.edge.SiteCertificate;
import dev.keyless.sandbox.origin.Origin;
import dev.keyless.sandbox.pki.KeyKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole TLS handshakes of independent clients with an edge, each signed by the packaged key server. */
class HandshakesE2E {

    @TempDir
    static Path folder;

    private static Lab lab;
    private static Origin origin;
    private static Edge edge;

    @BeforeAll
    static void start() throws IOException {
        lab = new Lab(folder, 1);
        origin = Origin.start();
        List<Site> sites = new ArrayList<>();
        lab.sites.forEach((kind, site) -> sites.add(new Site(
                Set.of(Lab.host(kind)),
                List.of(new SiteCertificate(
                        site.chain(), RemotePrivateKey.of(new RemoteSigner(lab.client, site.ski())))))));
        edge = Edge.start(lab.vertx, EdgeOptions.of(origin.uri()), sites, lab.client::health);
    }

    @AfterAll
    static void stop() {
        edge.close();
        origin.close();
        lab.close();
    }

    /** The last column is what openssl must say of the signature. */
    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "RSA_2048, -tls1_2, RSA+SHA256,              RSA, SHA256",
        "RSA_2048, -tls1_2, RSA+SHA512,              RSA, SHA512",
        "RSA_2048, -tls1_2, rsa_pss_rsae_sha256,     RSA-PSS, SHA256",
        "RSA_2048, -tls1_3, rsa_pss_rsae_sha256,     RSA-PSS, SHA256",
        "RSA_2048, -tls1_3, rsa_pss_rsae_sha384,     RSA-PSS, SHA384",
        "RSA_4096, -tls1_3, rsa_pss_rsae_sha512,     RSA-PSS, SHA512",
        "P256,     -tls1_2, ecdsa_secp256r1_sha256,  ECDSA, SHA256",
        "P256,     -tls1_3, ecdsa_secp256r1_sha256,  ECDSA, SHA256",
        "P384,     -tls1_2, ecdsa_secp384r1_sha384,  ECDSA, SHA384",
        "P384,     -tls1_3, ecdsa_secp384r1_sha384,  ECDSA, SHA384",
        "ED25519,  -tls1_3, ed25519,                 ed25519, UNDEF",
    })
    void opensslCompletesAHandshake(KeyKind kind, String version, String algorithm, String signature, String hash)
            throws Exception {
        Tool.Result result = Tool.run(
                "GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                List.of(
                        "openssl",
                        "s_client",
                        "-connect",
                        "127.0.0.1:" + port(),
                        "-servername",
                        Lab.host(kind),
                        "-CAfile",
                        lab.siteRoot().toString(),
                        "-verify_return_error",
                        "-verify_hostname",
                        Lab.host(kind),
                        version,
                        "-sigalgs",
                        algorithm,
                        "-ign_eof"));

        assertTrue(result.output().contains("Verify return code: 0 (ok)"), result.output());
        assertTrue(result.output().contains("Peer signature type: " + signature), result.output());
        if (!hash.equals("UNDEF")) {
            assertTrue(result.output().contains("Peer signing digest: " + hash), result.output());
        }
    }

    @ParameterizedTest(name = "{0} TLS {1} {2}")
    @CsvSource({
        "RSA_2048, 1.2, --http1.1", "RSA_2048, 1.3, --http2", "RSA_4096, 1.2, --http2", "P256, 1.2, --http2",
        "P256, 1.3, --http1.1", "P384, 1.2, --http1.1", "P384, 1.3, --http2", "ED25519, 1.3, --http2"
    })
    void curlFetchesThePage(KeyKind kind, String version, String http) throws Exception {
        String host = Lab.host(kind);
        Tool.Result result = Tool.run(
                "curl",
                "-sS",
                "--max-time",
                "30",
                "--cacert",
                lab.siteRoot().toString(),
                "--resolve",
                host + ":" + port() + ":127.0.0.1",
                "--tlsv" + version,
                "--tls-max",
                version,
                http,
                "https://" + host + ":" + port() + "/",
                "-o",
                folder.resolve("page").toString(),
                "-w",
                "%{http_code} %{ssl_verify_result}");

        assertEquals("200 0", result.output());
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "RSA_2048, TLSv1.2",
        "RSA_2048, TLSv1.3",
        "P256, TLSv1.2",
        "P256, TLSv1.3",
        "P384, TLSv1.2",
        "P384, TLSv1.3",
        "ED25519, TLSv1.3"
    })
    void javaCompletesAHandshake(KeyKind kind, String version) throws Exception {
        try (Socket tcp = new Socket()) {
            tcp.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
            tcp.setSoTimeout(30_000);
            SSLSocket socket =
                    (SSLSocket) trusting().getSocketFactory().createSocket(tcp, Lab.host(kind), port(), true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setProtocols(new String[] {version});
            parameters.setServerNames(List.of(new SNIHostName(Lab.host(kind))));
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);

            socket.startHandshake();

            assertEquals(version, socket.getSession().getProtocol());
            assertEquals(lab.sites.get(kind).certificate(), socket.getSession().getPeerCertificates()[0]);
        }
    }

    private static int port() {
        return edge.address().getPort();
    }

    private static SSLContext trusting() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("root", lab.siteCa.root());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
