package dev.keyless.sandbox.edge;

import dev.keyless.client.ClientOptions;
import dev.keyless.client.ClientTls;
import dev.keyless.client.KeylessClient;
import dev.keyless.client.RemoteSigner;
import dev.keyless.client.ServerAddress;
import dev.keyless.client.ServerHealth;
import dev.keyless.protocol.Ski;
import dev.keyless.sandbox.origin.Origin;
import dev.keyless.sandbox.pki.CertificateAuthority;
import dev.keyless.sandbox.pki.CertificateSpec;
import dev.keyless.sandbox.pki.Identity;
import dev.keyless.sandbox.pki.KeyKind;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * An edge with everything around it: two CAs, key servers, an origin, visitors. Sites: {@code www.example.test} with a
 * P-256 and an RSA certificate, and one named after each kind of key.
 */
final class EdgeLab {

    static final String WWW = "www.example.test";

    final CertificateAuthority siteCa = CertificateAuthority.create("Site root").intermediate("Site CA");
    final CertificateAuthority keylessCa = CertificateAuthority.create("Keyless CA");
    final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    final Origin origin = Origin.start();
    final List<KeyServerStandIn> keyServers = new ArrayList<>();
    final Map<KeyKind, Identity> identities = new EnumMap<>(KeyKind.class);
    private final Path folder;
    private final List<AutoCloseable> started = new ArrayList<>();
    private KeylessClient client;
    Edge edge;

    /** With as many key servers. */
    EdgeLab(Path folder, int keyServerCount) throws GeneralSecurityException, IOException {
        this.folder = folder;
        for (KeyKind kind : List.of(KeyKind.P256, KeyKind.RSA_2048, KeyKind.P384, KeyKind.ED25519)) {
            identities.put(
                    kind, siteCa.issue(CertificateSpec.server(WWW, host(kind)).with(kind)));
        }
        for (int i = 0; i < keyServerCount; i++) keyServers.add(newKeyServer(0));
        siteCa.writeRoot(ca());
    }

    KeyServerStandIn newKeyServer(int port) throws GeneralSecurityException, IOException {
        KeyServerStandIn server =
                KeyServerStandIn.start(keylessCa, port).with(identities.values().toArray(Identity[]::new));
        started.add(server);
        return server;
    }

    /** Starts the edge with these options over the defaults, and a deadline for signatures. */
    EdgeLab start(Duration deadline, UnaryOperator<EdgeOptions> options) {
        client = KeylessClient.create(vertx, clientOptions(deadline));
        edge = Edge.start(vertx, options.apply(EdgeOptions.of(origin.uri())), sites(), client::health);
        return this;
    }

    EdgeLab start() {
        return start(Duration.ofSeconds(10), options -> options);
    }

    private ClientOptions clientOptions(Duration deadline) {
        Identity own = keylessCa.issue(CertificateSpec.client("edge"));
        keylessCa.writeRoot(folder.resolve("keyless-ca.pem"));
        own.writeChain(folder.resolve("edge.pem"));
        own.writeKey(folder.resolve("edge.key"));
        ClientTls tls = ClientTls.ofPem(
                folder.resolve("keyless-ca.pem"), folder.resolve("edge.pem"), folder.resolve("edge.key"));
        return ClientOptions.builder(tls)
                .servers(keyServers.stream()
                        .map(server -> new ServerAddress("127.0.0.1", server.port()))
                        .toList())
                .deadline(deadline)
                .attemptTimeout(deadline)
                .reconnectMax(Duration.ofMillis(200))
                .build();
    }

    List<Site> sites() {
        List<Site> sites = new ArrayList<>();
        sites.add(new Site(Set.of(WWW), List.of(certificate(KeyKind.P256), certificate(KeyKind.RSA_2048))));
        for (KeyKind kind : identities.keySet()) sites.add(new Site(Set.of(host(kind)), List.of(certificate(kind))));
        return sites;
    }

    private SiteCertificate certificate(KeyKind kind) {
        return certificate(identities.get(kind));
    }

    SiteCertificate certificate(Identity identity) {
        return new SiteCertificate(identity.chain(), RemotePrivateKey.of(new RemoteSigner(client, identity.ski())));
    }

    static String host(KeyKind kind) {
        return switch (kind) {
            case P256 -> "p256.example.test";
            case P384 -> "p384.example.test";
            case RSA_2048 -> "rsa.example.test";
            case ED25519 -> "ed25519.example.test";
            default -> throw new IllegalArgumentException("no site for " + kind);
        };
    }

    Path ca() {
        return folder.resolve("site-ca.pem");
    }

    int port() {
        return edge.address().getPort();
    }

    List<ServerHealth> health() {
        return client.health();
    }

    int signatures() {
        return keyServers.stream().mapToInt(KeyServerStandIn::signatures).sum();
    }

    /** A curl command for a page of a host; the page goes to standard output. */
    List<String> curl(String host, String path, String... options) {
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "--max-time", "25", "--cacert", ca().toString()));
        command.addAll(List.of("--resolve", host + ":" + port() + ":127.0.0.1"));
        command.addAll(Arrays.asList(options));
        command.add("https://" + host + ":" + port() + path);
        return command;
    }

    /** Handshakes by the openssl command, then asks for the page and waits for it all. */
    Tool.Result openssl(String host, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port()));
        command.addAll(List.of("-servername", host, "-CAfile", ca().toString(), "-verify_return_error", "-ign_eof"));
        command.addAll(Arrays.asList(options));
        return Tool.run(command, request(host).getBytes(StandardCharsets.US_ASCII));
    }

    static String request(String host) {
        return "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
    }

    /** The certificate that openssl s_client printed. */
    static Ski shown(Tool.Result result) throws GeneralSecurityException {
        String out = result.out();
        int from = out.indexOf("-----BEGIN CERTIFICATE-----");
        if (from < 0) throw new IllegalStateException("no certificate in: " + out + result.err());
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(out.substring(from).getBytes(StandardCharsets.US_ASCII)));
        return Ski.of(certificate.getPublicKey());
    }

    void close() throws Exception {
        edge.close();
        client.close();
        for (AutoCloseable server : started) server.close();
        origin.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
