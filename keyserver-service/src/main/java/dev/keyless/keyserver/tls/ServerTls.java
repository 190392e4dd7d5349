package dev.keyless.keyserver.tls;

import dev.keyless.keyserver.reload.Reloadable;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.net.NetServerOptions;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The server's TLS identity in service. When the files have changed and have stopped changing, what they hold takes its
 * place, if it is good; if it is not, everything stays as it was. Connections keep the identity that they began with.
 */
public final class ServerTls implements Reloadable {

    /** TLS 1.3's, and of TLS 1.2 the two that gokeyless offers. */
    private static final List<String> CIPHER_SUITES = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");

    private final TlsFiles files;
    private final SslProvider provider;
    private final SwappableSslContext context;
    private List<FileStamp> loaded;
    private List<FileStamp> lastLook;
    private volatile Optional<String> problem = Optional.empty();
    private volatile Identity identity;
    private SslContext inService;
    private @Nullable SslContext retired;

    /**
     * @throws TlsFileException if a file cannot be used; tells which and why
     * @throws IllegalStateException if the engine does not load on this platform
     */
    public ServerTls(TlsFiles files, TlsConfig.Engine engine, Doorkeeper doorkeeper) {
        this.files = files;
        this.loaded = stamps(files);
        this.lastLook = loaded;
        this.provider = provider(engine);
        this.identity = Identity.read(files);
        this.inService = build(identity);
        this.context = new SwappableSslContext(inService, doorkeeper);
    }

    /** The server's certificate and those of the client authorities, for whoever watches their expiry. */
    public record Identity(
            List<X509Certificate> chain, PrivateKey key, List<X509Certificate> clientAuthorities, TlsFiles files) {

        static Identity read(TlsFiles files) {
            List<X509Certificate> authorities = new ArrayList<>();
            for (Path file : files.clientAuthorities()) authorities.addAll(PemFile.certificates(file));
            List<X509Certificate> chain = PemFile.certificates(files.certificate());
            PrivateKey key = PemFile.privateKey(files.key());
            PemFile.requirePair(files.certificate(), chain.getFirst(), files.key(), key);
            return new Identity(List.copyOf(chain), key, List.copyOf(authorities), files);
        }

        /** Never the key. */
        @Override
        public String toString() {
            return "Identity[" + chain.getFirst().getSubjectX500Principal() + "]";
        }
    }

    public Identity identity() {
        return identity;
    }

    /** {@code BoringSSL} or {@code JDK}. */
    public String engineName() {
        return provider == SslProvider.JDK ? "JDK" : "BoringSSL";
    }

    /** Makes a server ask for and present what is in service at the time of each handshake. */
    public void configure(NetServerOptions options) {
        VertxTls.configure(options, context);
    }

    /** What is wrong with the files right now; empty if what they hold is in service. */
    public Optional<String> problem() {
        return problem;
    }

    @Override
    public String name() {
        return "TLS identity";
    }

    @Override
    public synchronized boolean refresh() {
        List<FileStamp> look = stamps(files);
        boolean settled = look.equals(lastLook) && !look.equals(loaded);
        lastLook = look;
        if (settled) reload();
        return settled;
    }

    /** If a file cannot be used, what was in service stays, and {@link #problem()} tells. */
    @Override
    public synchronized void reload() {
        loaded = stamps(files);
        try {
            Identity next = Identity.read(files);
            SslContext old = inService;
            inService = build(next);
            context.swap(inService);
            identity = next;
            problem = Optional.empty();
            // An engine holds its context, so one that is released here is freed with the last connection that uses it.
            // The one just replaced waits until the next swap: a connection that is being accepted may still reach for
            // it.
            ReferenceCountUtil.release(retired);
            retired = old;
        } catch (TlsFileException e) {
            problem = Optional.of(e.problem());
        }
    }

    private static SslProvider provider(TlsConfig.Engine engine) {
        if (engine == TlsConfig.Engine.JDK) return SslProvider.JDK;
        if (OpenSsl.isAvailable()) return SslProvider.OPENSSL_REFCNT;
        if (engine == TlsConfig.Engine.AUTO) return SslProvider.JDK;
        throw new IllegalStateException(
                "BoringSSL does not load on this platform; set keyserver.tls.engine to auto or jdk",
                OpenSsl.unavailabilityCause());
    }

    private SslContext build(Identity from) {
        try {
            return SslContextBuilder.forServer(from.key, from.chain.toArray(X509Certificate[]::new))
                    .sslProvider(provider)
                    .trustManager(from.clientAuthorities.toArray(X509Certificate[]::new))
                    .clientAuth(ClientAuth.REQUIRE)
                    .protocols("TLSv1.2", "TLSv1.3")
                    .ciphers(CIPHER_SUITES)
                    .build();
        } catch (SSLException e) {
            throw new TlsFileException(
                    files.certificate() + " and " + files.key() + " do not make a TLS identity: " + e.getMessage(), e);
        }
    }

    private static List<FileStamp> stamps(TlsFiles files) {
        return files.all().stream().map(FileStamp::of).toList();
    }
}
