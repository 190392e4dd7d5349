package dev.keyless.sandbox.edge;

import dev.keyless.client.ClientOptions;
import dev.keyless.client.ClientTls;
import dev.keyless.client.KeylessClient;
import dev.keyless.client.RemoteSigner;
import dev.keyless.client.ServerAddress;
import dev.keyless.protocol.Ski;
import dev.keyless.sandbox.pki.Pem;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An edge's configuration as JSON. File names are relative to the file itself; everything is required but {@code
 * signatureDeadlineMillis}.
 *
 * <pre>
 * {
 *   "listen": "127.0.0.1:8443",
 *   "management": "127.0.0.1:8444",
 *   "origin": "http://127.0.0.1:8080",
 *   "keyServers": ["127.0.0.1:2407"],
 *   "client": {"certificate": "client.pem", "key": "client-key.pem", "ca": "keyless-ca.pem"},
 *   "signatureDeadlineMillis": 5000,
 *   "sites": [{"names": ["www.example.test"], "certificates": ["www-ecdsa.pem", "www-rsa.pem"]}]
 * }
 * </pre>
 */
record EdgeConfiguration(EdgeOptions options, ClientOptions keyServers, List<SiteFiles> siteFiles) {

    private static final long DEFAULT_DEADLINE_MILLIS = 5000;

    /** A laptop that starts four programs at once answers slowly for a moment. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    EdgeConfiguration {
        siteFiles = List.copyOf(siteFiles);
    }

    /** A site with its chains; there is no place for a key. */
    record SiteFiles(Set<String> names, List<List<X509Certificate>> chains) {

        SiteFiles {
            names = Set.copyOf(names);
            chains = chains.stream().map(List::copyOf).toList();
        }
    }

    /** @throws IllegalArgumentException if the file says something else than it should */
    static EdgeConfiguration read(Path file) {
        try {
            return parse(new JsonObject(Files.readString(file)), file.toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        } catch (DecodeException | ClassCastException | IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private static EdgeConfiguration parse(JsonObject json, Path file) {
        EdgeOptions options = EdgeOptions.of(URI.create(require(json, "origin", String.class)))
                .withListen(address(require(json, "listen", String.class)))
                .withManagement(address(require(json, "management", String.class)));
        JsonObject own = require(json, "client", JsonObject.class);
        ClientTls tls = ClientTls.ofPem(
                file.resolveSibling(require(own, "ca", String.class)),
                file.resolveSibling(require(own, "certificate", String.class)),
                file.resolveSibling(require(own, "key", String.class)));
        Duration deadline = Duration.ofMillis(json.getLong("signatureDeadlineMillis", DEFAULT_DEADLINE_MILLIS));
        ClientOptions keyServers = ClientOptions.builder(tls)
                .servers(texts(json, "keyServers").stream()
                        .map(ServerAddress::parse)
                        .toList())
                .deadline(deadline)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
        List<SiteFiles> sites = require(json, "sites", JsonArray.class).stream()
                .map(site -> site((JsonObject) site, file))
                .toList();
        return new EdgeConfiguration(options, keyServers, sites);
    }

    private static SiteFiles site(JsonObject json, Path file) {
        List<List<X509Certificate>> chains = texts(json, "certificates").stream()
                .map(name -> Pem.readCertificates(file.resolveSibling(name)))
                .toList();
        return new SiteFiles(Set.copyOf(texts(json, "names")), chains);
    }

    /** The sites, with keys that this client's servers have. */
    List<Site> sites(KeylessClient client) {
        return siteFiles.stream()
                .map(site -> new Site(
                        site.names(),
                        site.chains().stream()
                                .map(chain -> new SiteCertificate(chain, key(client, chain)))
                                .collect(Collectors.toList())))
                .toList();
    }

    private static RemotePrivateKey key(KeylessClient client, List<X509Certificate> chain) {
        return RemotePrivateKey.of(
                new RemoteSigner(client, Ski.of(chain.getFirst().getPublicKey())));
    }

    private static InetSocketAddress address(String text) {
        ServerAddress address = ServerAddress.parse(text);
        return new InetSocketAddress(address.host(), address.port());
    }

    private static List<String> texts(JsonObject json, String name) {
        return require(json, name, JsonArray.class).stream()
                .map(String.class::cast)
                .toList();
    }

    private static <T> T require(JsonObject json, String name, Class<T> type) {
        return Optional.ofNullable(json.getValue(name))
                .filter(type::isInstance)
                .map(type::cast)
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected \"" + name + "\" as " + type.getSimpleName() + ", found " + json.getValue(name)));
    }
}
