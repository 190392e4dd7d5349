package dev.keyless.keyserver.keys;

import dev.keyless.protocol.Scheme;

/** The kinds of key that the keyless protocol has operations for. */
public enum KeyAlgorithm {
    RSA,
    EC,
    ED25519;

    /** Whether a key of this kind can do what is asked. gokeyless does not check this and signs with whatever key it has. */
    public boolean supports(Scheme scheme) {
        return switch (scheme) {
            case RSA_DECRYPT, RSA_PKCS1, RSA_PSS -> this == RSA;
            case ECDSA -> this == EC;
            case ED25519 -> this == ED25519;
            case SEAL, UNSEAL, RPC, CUSTOM, PING, REPLY -> false;
        };
    }
}
