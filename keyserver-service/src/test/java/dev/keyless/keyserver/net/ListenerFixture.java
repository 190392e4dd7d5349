package dev.keyless.keyserver.net;

import dev.keyless.keyserver.keys.KeyRing;
import dev.keyless.keyserver.keys.ServedKey;
import dev.keyless.keyserver.peers.Peer;
import dev.keyless.keyserver.peers.PeerTable;
import dev.keyless.keyserver.signing.RequestPolicy;
import dev.keyless.keyserver.signing.SigningPool;
import dev.keyless.keyserver.tls.ServerTls;
import dev.keyless.keyserver.tls.TlsConfig;
import dev.keyless.keyserver.tls.TlsFiles;
import dev.keyless.protocol.Opcode;
import dev.keyless.sandbox.pki.CertificateAuthority;
import dev.keyless.sandbox.pki.CertificateSpec;
import dev.keyless.sandbox.pki.Identity;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A listener with keys in memory, and peers for it. */
final class ListenerFixture implements AutoCloseable {

    static final int THREADS = 2;

    final CertificateAuthority authority = CertificateAuthority.create("client CA");
    final Identity client = authority.issue(CertificateSpec.client("edge"));
    final RecordedEvents events = new RecordedEvents();
    final Listener listener;
    final ServerTls tls;
    final Path folder;
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    private final SigningPool pool = new SigningPool("test-signing", THREADS);
    final int port;

    /** How to set one up. */
    record Setup(Path folder, LimitsConfig limits, Duration deadline, TlsConfig.Engine engine) {

        static Setup in(Path folder) {
            return new Setup(folder, TestLimits.generous(), TestLimits.LONG, TlsConfig.Engine.AUTO);
        }

        Setup with(LimitsConfig newLimits) {
            return new Setup(folder, newLimits, deadline, engine);
        }

        Setup withDeadline(Duration newDeadline) {
            return new Setup(folder, limits, newDeadline, engine);
        }

        Setup with(TlsConfig.Engine newEngine) {
            return new Setup(folder, limits, deadline, newEngine);
        }

        ListenerFixture start(ServedKey... keys) {
            return new ListenerFixture(this, keys);
        }
    }

    private ListenerFixture(Setup setup, ServedKey... keys) {
        folder = setup.folder;
        writeServerIdentity();
        authority.writeRoot(folder.resolve("ca.pem"));
        listener = new Listener(vertx, setup.limits, setup.deadline, events);
        TlsFiles files = new TlsFiles(
                folder.resolve("server.pem"), folder.resolve("server-key.pem"), List.of(folder.resolve("ca.pem")));
        tls = new ServerTls(files, setup.engine, listener.doorkeeper());
        KeyRing ring = KeyRing.of(List.of(keys));
        Peer anyone = new Peer("edge", Set.of(Opcode.values()), Optional.empty());
        port = listener.listen(
                        "127.0.0.1",
                        0,
                        tls,
                        () -> PeerTable.everyone(anyone),
                        new RequestPolicy(() -> ring, Set.of(), Optional.empty()),
                        pool)
                .toCompletableFuture()
                .join();
    }

    /** A new certificate and key for the server, in the files that it reads. */
    X509Certificate writeServerIdentity() {
        Identity server = authority.issue(CertificateSpec.server("localhost", "127.0.0.1"));
        server.writeChain(folder.resolve("server.pem"));
        server.writeKey(folder.resolve("server-key.pem"));
        return server.certificate();
    }

    Wire connect() throws IOException, GeneralSecurityException {
        return connect(client, "TLSv1.3");
    }

    Wire connect(@Nullable Identity identity, String protocol) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("root", authority.root());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        if (identity != null) {
            own.setKeyEntry("own", identity.key(), new char[0], identity.chain().toArray(X509Certificate[]::new));
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(own, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
        socket.setEnabledProtocols(new String[] {protocol});
        return new Wire(socket);
    }

    @Override
    public void close() {
        listener.close().toCompletableFuture().join();
        pool.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
