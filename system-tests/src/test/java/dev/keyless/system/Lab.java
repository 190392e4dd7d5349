package dev.keyless.system;

import dev.keyless.client.ClientOptions;
import dev.keyless.client.ClientTls;
import dev.keyless.client.KeylessClient;
import dev.keyless.sandbox.pki.CertificateAuthority;
import dev.keyless.sandbox.pki.CertificateSpec;
import dev.keyless.sandbox.pki.Identity;
import dev.keyless.sandbox.pki.KeyKind;
import dev.keyless.sandbox.process.KeyServerProcess;
import dev.keyless.sandbox.process.KeyServerSetup;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Packaged key servers with a key of each kind, and a client of them. */
final class Lab implements AutoCloseable {

    final Path folder;
    final Path keys;
    final CertificateAuthority keylessCa = CertificateAuthority.create("Keyless CA");
    final CertificateAuthority siteCa = CertificateAuthority.create("Site CA");
    final Map<KeyKind, Identity> sites = new EnumMap<>(KeyKind.class);
    final List<KeyServerProcess> servers;
    final Vertx vertx = Vertx.vertx();
    final KeylessClient client;

    /** Starts as many servers, all with the same key folder, and waits until they are ready. */
    Lab(Path folder, int serverCount) throws IOException {
        this.folder = folder;
        keys = Files.createDirectories(folder.resolve("keys"));
        for (KeyKind kind : KeyKind.values()) {
            Identity site = siteCa.issue(CertificateSpec.server(host(kind)).with(kind));
            site.writeKey(keys.resolve(kind + ".key"));
            sites.put(kind, site);
        }
        siteCa.writeRoot(siteRoot());
        keylessCa.writeRoot(folder.resolve("keyless-ca.pem"));
        Identity edge = keylessCa.issue(CertificateSpec.client("edge"));
        edge.writeChain(folder.resolve("edge.pem"));
        edge.writeKey(folder.resolve("edge-key.pem"));
        List<KeyServerSetup> setups = new ArrayList<>();
        for (int i = 0; i < serverCount; i++) setups.add(setup("keyserver-" + (char) ('a' + i)));
        servers = KeyServerProcess.startAll(setups);
        client = KeylessClient.create(
                vertx,
                ClientOptions.builder(ClientTls.ofPem(
                                folder.resolve("keyless-ca.pem"),
                                folder.resolve("edge.pem"),
                                folder.resolve("edge-key.pem")))
                        .servers(servers.stream().map(KeyServerProcess::address).toList())
                        .deadline(Duration.ofSeconds(20))
                        .attemptTimeout(Duration.ofSeconds(10))
                        .reconnectMax(Duration.ofMillis(500))
                        .build());
    }

    private KeyServerSetup setup(String name) throws IOException {
        Path own = Files.createDirectories(folder.resolve(name));
        writeServerIdentity(own);
        return new KeyServerSetup(
                name,
                own,
                KeyServerSetup.findApplication(),
                keys,
                own.resolve("server.pem"),
                own.resolve("server-key.pem"),
                folder.resolve("keyless-ca.pem"),
                Map.of("KEYSERVER_RELOAD_INTERVAL", "100ms"));
    }

    /** A new certificate and key for a server, in the files that it reads. */
    Identity writeServerIdentity(Path serverFolder) {
        Identity server = keylessCa.issue(CertificateSpec.server("localhost", "127.0.0.1"));
        server.writeChain(serverFolder.resolve("server.pem"));
        server.writeKey(serverFolder.resolve("server-key.pem"));
        return server;
    }

    Path siteRoot() {
        return folder.resolve("site-ca.pem");
    }

    static String host(KeyKind kind) {
        return kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + ".example.test";
    }

    @Override
    public void close() {
        client.close();
        servers.forEach(KeyServerProcess::close);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
