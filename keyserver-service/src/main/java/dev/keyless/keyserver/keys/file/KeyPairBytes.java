package dev.keyless.keyserver.keys.file;

import dev.keyless.keyserver.keys.KeyAlgorithm;
import dev.keyless.keyserver.keys.KeyCheck;
import dev.keyless.keyserver.keys.KeyInfo;
import dev.keyless.keyserver.keys.crypto.CryptoProvider;
import dev.keyless.keyserver.keys.crypto.SoftwareKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** A private key as PKCS#8 with its public half, both written anew, so that nobody meets a file's oddities after this. */
final class KeyPairBytes implements AutoCloseable {

    private final KeyAlgorithm algorithm;
    private final String description;
    private final byte[] pkcs8;
    private final byte[] publicKey;

    KeyPairBytes(KeyAlgorithm algorithm, String description, PrivateKeyInfo privateKey, SubjectPublicKeyInfo publicKey)
            throws IOException {
        this.algorithm = algorithm;
        this.description = description;
        this.publicKey = publicKey.getEncoded();
        this.pkcs8 = privateKey.getEncoded();
    }

    String description() {
        return description;
    }

    /** A key that has signed once and whose signature its public half has verified; empty if that was not so. */
    Optional<SoftwareKey> key(CryptoProvider crypto, String origin) {
        try {
            PrivateKey key = crypto.keyFactory(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            KeyInfo info = KeyInfo.of(publicKey(), algorithm, description, origin, Set.of());
            SoftwareKey served = SoftwareKey.of(crypto, key, info);
            return KeyCheck.signs(served, crypto.accp()) ? Optional.of(served) : Optional.empty();
        } catch (GeneralSecurityException | RuntimeException e) { // either is how a provider refuses a key
            return Optional.empty();
        }
    }

    /** In the JDK's own form, which others can use too. */
    private PublicKey publicKey() throws GeneralSecurityException {
        KeyFactory factory = switch (algorithm) {
            case RSA -> KeyFactory.getInstance("RSA", "SunRsaSign");
            case EC -> KeyFactory.getInstance("EC", "SunEC");
            case ED25519 -> KeyFactory.getInstance("Ed25519", "SunEC");
        };
        return factory.generatePublic(new X509EncodedKeySpec(publicKey));
    }

    /** Wipes the private half. */
    @Override
    public void close() {
        Arrays.fill(pkcs8, (byte) 0);
    }
}
