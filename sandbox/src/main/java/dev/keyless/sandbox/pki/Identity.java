package dev.keyless.sandbox.pki;

import dev.keyless.protocol.Ski;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** A private key with the certificate for it. Prints nothing of the key. */
public final class Identity {

    private final PrivateKey key;
    private final List<X509Certificate> chain;

    Identity(PrivateKey key, List<X509Certificate> chain) {
        this.key = key;
        this.chain = List.copyOf(chain);
    }

    public PrivateKey key() {
        return key;
    }

    /** The certificate, then the intermediate ones, without the root. */
    public List<X509Certificate> chain() {
        return chain;
    }

    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /** By which a key server knows the key. */
    public Ski ski() {
        return Ski.of(certificate().getPublicKey());
    }

    /** Writes the chain as PEM. */
    public void writeChain(Path file) {
        Pem.writeCertificates(file, chain);
    }

    /** Writes the private key as PEM (PKCS#8), readable by its owner only; a file that is there is replaced. */
    public void writeKey(Path file) {
        Pem.writePrivateKey(file, key);
    }

    /** The certificate's subject and the key's identifier. */
    @Override
    public String toString() {
        return certificate().getSubjectX500Principal() + " " + ski();
    }
}
