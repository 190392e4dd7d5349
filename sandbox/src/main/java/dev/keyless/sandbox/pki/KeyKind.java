package dev.keyless.sandbox.pki;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/** The kinds of key that certificates are made for here. */
@SuppressWarnings("ImmutableEnumChecker") // the specs have no setters
public enum KeyKind {
    RSA_2048("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4), "SHA256withRSA"),
    RSA_4096("RSA", new RSAKeyGenParameterSpec(4096, RSAKeyGenParameterSpec.F4), "SHA256withRSA"),
    P256("EC", new ECGenParameterSpec("secp256r1"), "SHA256withECDSA"),
    P384("EC", new ECGenParameterSpec("secp384r1"), "SHA384withECDSA"),
    P521("EC", new ECGenParameterSpec("secp521r1"), "SHA512withECDSA"),
    ED25519("Ed25519", NamedParameterSpec.ED25519, "Ed25519");

    private final String algorithm;
    private final AlgorithmParameterSpec parameters;
    private final String signatureAlgorithm;

    KeyKind(String algorithm, AlgorithmParameterSpec parameters, String signatureAlgorithm) {
        this.algorithm = algorithm;
        this.parameters = parameters;
        this.signatureAlgorithm = signatureAlgorithm;
    }

    /** A new key pair of this kind. */
    public KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(parameters);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform makes no " + this + " keys", e);
        }
    }

    /** Java's name for the signature that a CA with such a key puts under certificates. */
    String signatureAlgorithm() {
        return signatureAlgorithm;
    }
}
