package dev.keyless.client;

import static dev.keyless.client.Lab.await;
import static dev.keyless.client.Lab.awaitFailure;
import static dev.keyless.client.Lab.payload;
import static dev.keyless.client.Lab.request;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsIT {

    private static Lab lab;

    @BeforeAll
    static void open() {
        lab = new Lab();
    }

    @AfterEach
    void tidy() {
        lab.tidy();
    }

    @AfterAll
    static void close() {
        lab.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void speaksBothVersionsOverTheNativeEngine(String version) throws Exception {
        TestPeer peer = lab.peer(serverNamed("127.0.0.1").setEnabledSecureTransportProtocols(Set.of(version)));
        KeylessClient client = lab.client(lab.options(peer));

        assertArrayEquals(TestPeer.signed(payload(1)), await(client.perform(request(1))));
        assertTrue(OpenSSLEngineOptions.isAvailable(), "netty-tcnative is not in use");
    }

    @Test
    void refusesAServerWithAnotherName() throws Exception {
        TestPeer peer = lab.peer(serverNamed("elsewhere.example", "127.0.0.2"));
        KeylessClient client = lab.client(lab.options(peer));

        UnavailableException failure = awaitFailure(UnavailableException.class, client.perform(request(1)));

        assertTrue(failure.getMessage().contains("its certificate is not acceptable"), failure.getMessage());
        assertTrue(failure.getMessage().contains("No subject alternative"), failure.getMessage());
        assertEquals(0, peer.requests.get() + peer.pings.get());
    }

    @Test
    void acceptsAServerByTheNameGivenForIt() throws Exception {
        TestPeer peer = lab.peer(serverNamed("keys.example"));
        ClientOptions.Builder options = ClientOptions.builder(lab.tls.withServerName("keys.example"), peer.address());

        assertArrayEquals(TestPeer.signed(payload(1)), await(lab.client(options).perform(request(1))));
    }

    @Test
    void doesNotTakeTheAddressWhereANameWasGiven() throws Exception {
        TestPeer peer = lab.peer(serverNamed("127.0.0.1"));
        ClientOptions.Builder options = ClientOptions.builder(lab.tls.withServerName("keys.example"), peer.address());

        awaitFailure(UnavailableException.class, lab.client(options).perform(request(1)));

        assertEquals(0, peer.requests.get() + peer.pings.get());
    }

    @Test
    void refusesAServerOfAnotherAuthority() throws Exception {
        TestPki stranger = new TestPki();
        TestPeer peer = lab.peer(TestPeer.options(lab.pki, stranger.issue("server", "127.0.0.1")));
        KeylessClient client = lab.client(lab.options(peer));

        UnavailableException failure = awaitFailure(UnavailableException.class, client.perform(request(1)));

        assertTrue(failure.getMessage().contains("its certificate is not acceptable"), failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void saysThatTheServerDidNotTakeItsCertificate(String version) throws Exception {
        TestPki stranger = new TestPki();
        TestPki.Identity own = stranger.issue("client");
        ClientTls tls = ClientTls.ofPem(lab.pki.caPem(), own.certificatePem(), own.keyPem());
        TestPeer peer = lab.peer(serverNamed("127.0.0.1").setEnabledSecureTransportProtocols(Set.of(version)));
        KeylessClient client = lab.client(ClientOptions.builder(tls, peer.address()));

        UnavailableException failure = awaitFailure(UnavailableException.class, client.perform(request(1)));

        assertTrue(failure.getMessage().startsWith("no key server can be reached"), failure.getMessage());
        assertEquals(0, peer.connections.get());
    }

    @Test
    void triesTheAddressesOfANameInTurn() throws Exception {
        TestPeer peer = lab.peer(serverNamed("keys.example"));
        InetAddress wrong = InetAddress.getByName("127.0.0.2");
        InetAddress right = InetAddress.getByName("127.0.0.1");
        KeylessConnector connector =
                lab.connector(lab.options(peer), _ -> new InetAddress[] {wrong, wrong, right, wrong});

        KeylessConnection connection = await(connector.connect(
                new ServerAddress("keys.example", peer.address().port())));

        assertArrayEquals(
                TestPeer.signed(payload(1)), await(connection.send(request(1))).payload());
    }

    @Test
    void saysThatANameIsUnknown() throws Exception {
        KeylessConnector connector = lab.connector(lab.options(lab.peer()), host -> {
            throw new UnknownHostException(host);
        });

        UnavailableException failure =
                awaitFailure(UnavailableException.class, connector.connect(new ServerAddress("nowhere.example", 2407)));

        assertTrue(failure.getMessage().contains("nowhere.example"), failure.getMessage());
    }

    @Test
    void failsToConnectOnceItIsClosed() throws Exception {
        TestPeer peer = lab.peer();
        KeylessConnector connector = lab.connector(lab.options(peer));

        connector.close();

        awaitFailure(UnavailableException.class, connector.connect(peer.address()));
    }

    /** The forms in which people have their keys; the openssl command writes them. */
    @ParameterizedTest
    @ValueSource(strings = {"pkcs8", "pkcs1", "sec1"})
    void readsKeysInEveryUsualForm(String form, @TempDir Path folder) throws Exception {
        Path key = folder.resolve("key");
        Path traditional = folder.resolve("traditional");
        Path certificate = folder.resolve("certificate");
        boolean rsa = form.equals("pkcs1");
        openssl(
                rsa
                        ? List.of("genpkey", "-algorithm", "RSA", "-out", key.toString())
                        : List.of(
                                "genpkey",
                                "-algorithm",
                                "EC",
                                "-pkeyopt",
                                "ec_paramgen_curve:P-256",
                                "-out",
                                key.toString()));
        openssl(List.of(
                "req", "-x509", "-new", "-key", key.toString(), "-subj", "/CN=c", "-out", certificate.toString()));
        if (!form.equals("pkcs8")) {
            openssl(List.of("pkey", "-traditional", "-in", key.toString(), "-out", traditional.toString()));
        }
        Path ca = Files.write(folder.resolve("ca"), lab.pki.caPem());
        TestPeer peer = lab.peer(serverNamed("127.0.0.1").setClientAuth(ClientAuth.NONE));

        ClientTls tls = ClientTls.ofPem(ca, certificate, form.equals("pkcs8") ? key : traditional);

        KeylessClient client = lab.client(ClientOptions.builder(tls, peer.address()));
        assertArrayEquals(TestPeer.signed(payload(1)), await(client.perform(request(1))));
    }

    private static NetServerOptions serverNamed(String... names) {
        return TestPeer.options(lab.pki, lab.pki.issue("server", names));
    }

    private static void openssl(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(20, TimeUnit.SECONDS), "openssl goes on and on");
        assertEquals(0, process.exitValue(), output);
    }
}
