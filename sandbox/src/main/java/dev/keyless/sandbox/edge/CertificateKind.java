package dev.keyless.sandbox.edge;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.Collections;
import java.util.Set;

/** What a visitor must be able to do so that it can be shown a certificate with a key of this kind. */
@SuppressWarnings("ImmutableEnumChecker") // the sets are unmodifiable
enum CertificateKind {
    /** rsa_pss_rsae_* in TLS 1.3; before that rsa_pkcs1_* as well. */
    RSA(Set.of(0x0804, 0x0805, 0x0806), Set.of(0x0401, 0x0501, 0x0601, 0x0804, 0x0805, 0x0806), 0),
    P256(Set.of(0x0403), Set.of(0x0403, 0x0503, 0x0603), 23),
    P384(Set.of(0x0503), Set.of(0x0403, 0x0503, 0x0603), 24),
    P521(Set.of(0x0603), Set.of(0x0403, 0x0503, 0x0603), 25),
    ED25519(Set.of(0x0807), Set.of(0x0807), 0);

    private final Set<Integer> schemes13;
    private final Set<Integer> schemes12;

    /** The curve that TLS 1.2 wants the visitor to have named (RFC 8422, section 5.1); 0 if none. */
    private final int group12;

    CertificateKind(Set<Integer> schemes13, Set<Integer> schemes12, int group12) {
        this.schemes13 = schemes13;
        this.schemes12 = schemes12;
        this.group12 = group12;
    }

    /** @throws IllegalArgumentException if TLS has no use for such a key */
    static CertificateKind of(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> RSA;
            case ECPublicKey ec ->
                ofFieldSize(ec.getParams().getCurve().getField().getFieldSize());
            case EdECPublicKey ed when ed.getParams().getName().equals(NamedParameterSpec.ED25519.getName()) -> ED25519;
            default -> throw new IllegalArgumentException("no TLS certificate has a key of kind " + key.getAlgorithm());
        };
    }

    private static CertificateKind ofFieldSize(int bits) {
        return switch (bits) {
            case 256 -> P256;
            case 384 -> P384;
            case 521 -> P521;
            default -> throw new IllegalArgumentException("no TLS certificate has an EC key of " + bits + " bits");
        };
    }

    boolean suits(ClientHello hello) {
        if (hello.tls13() && common(hello.cipherSuites(), CipherSuites.TLS_1_3)) {
            return hello.schemes().map(offered -> common(offered, schemes13)).orElse(false);
        }
        Set<Integer> suites = this == RSA ? CipherSuites.WITH_RSA_CERTIFICATE : CipherSuites.WITH_ECDSA_CERTIFICATE;
        return common(hello.cipherSuites(), suites)
                && hello.schemes().map(offered -> common(offered, schemes12)).orElse(this == RSA)
                && (group12 == 0
                        || hello.groups()
                                .map(offered -> offered.contains(group12))
                                .orElse(true));
    }

    private static boolean common(Set<Integer> one, Set<Integer> other) {
        return !Collections.disjoint(one, other);
    }
}
