package dev.keyless.sandbox.edge;

import java.util.List;
import java.util.Set;

/** The cipher suites that the edge offers: those with forward secrecy and authenticated encryption. */
final class CipherSuites {

    /** In the order of preference. Without TLS_AES_128_GCM_SHA256 in it, Netty switches TLS 1.3 off and says nothing. */
    static final List<String> NAMES = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    static final Set<Integer> TLS_1_3 = Set.of(0x1301, 0x1302, 0x1303);
    static final Set<Integer> WITH_RSA_CERTIFICATE = Set.of(0xC02F, 0xC030, 0xCCA8);
    /** Ed25519 certificates too (RFC 8422, section 5.10). */
    static final Set<Integer> WITH_ECDSA_CERTIFICATE = Set.of(0xC02B, 0xC02C, 0xCCA9);

    private CipherSuites() {}
}
