package dev.keyless.sandbox.edge;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslServerSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.KeyManagerFactoryWrapper;
import java.time.Duration;
import javax.net.ssl.SSLException;

/**
 * One certificate of one site, ready for handshakes. Each has its own session tickets, whose keys BoringSSL makes and
 * changes by itself, so a session of one site never resumes on another.
 */
final class SiteContext {

    private static final Duration SESSION_LIFETIME = Duration.ofHours(12);
    private static final int CACHED_SESSIONS = 1024;

    private final SiteCertificate certificate;
    private final CertificateKind kind;
    private final RemoteSigning signing;
    private final SslContext context;

    SiteContext(Site site, SiteCertificate certificate, EdgeMetrics metrics) {
        this.certificate = certificate;
        this.kind = CertificateKind.of(certificate.certificate().getPublicKey());
        this.signing = new RemoteSigning(certificate.key(), metrics);
        try {
            this.context = create();
        } catch (SSLException e) {
            throw new IllegalArgumentException(
                    "cannot use the certificate of " + site.names() + ": " + e.getMessage(), e);
        }
    }

    SiteCertificate certificate() {
        return certificate;
    }

    CertificateKind kind() {
        return kind;
    }

    RemoteSigning signing() {
        return signing;
    }

    SslContext tls() {
        return context;
    }

    private SslContext create() throws SSLException {
        KeylessKeyManager keyManager = new KeylessKeyManager(certificate.chain());
        SslContext created = SslContextBuilder.forServer(
                        new OpenSslCachingX509KeyManagerFactory(new KeyManagerFactoryWrapper(keyManager)))
                .sslProvider(SslProvider.OPENSSL)
                .protocols("TLSv1.3", "TLSv1.2")
                .ciphers(CipherSuites.NAMES)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        "h2",
                        "http/1.1"))
                .sessionTimeout(SESSION_LIFETIME.toSeconds())
                .sessionCacheSize(CACHED_SESSIONS)
                .option(OpenSslContextOption.ASYNC_PRIVATE_KEY_METHOD, signing)
                .build();
        // Without arguments: switches tickets on, with BoringSSL's own keys.
        ((OpenSslServerSessionContext) created.sessionContext()).setTicketKeys();
        return created;
    }
}
