package dev.keyless.sandbox.edge;

import dev.keyless.protocol.Ski;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate that the edge may show, and the key to it, which is elsewhere.
 *
 * @param chain the certificate, then the intermediate ones
 */
public record SiteCertificate(List<X509Certificate> chain, RemotePrivateKey key) {

    public SiteCertificate {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) throw new IllegalArgumentException("a chain has at least the certificate itself");
    }

    public X509Certificate certificate() {
        return chain.getFirst();
    }

    public Ski ski() {
        return Ski.of(certificate().getPublicKey());
    }
}
