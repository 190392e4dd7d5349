package dev.keyless.protocol;

/** What an {@link Opcode} asks for, whatever the digest. */
public enum Scheme {
    /** The private-key operation on a ciphertext; the padding stays on, the client takes it off. */
    RSA_DECRYPT("rsa"),
    /** RSASSA-PKCS1-v1_5 (RFC 8017, section 8.2). */
    RSA_PKCS1("rsa"),
    /** RSASSA-PSS with MGF1, the same hash throughout and a salt as long as the hash (RFC 8446, section 4.2.3). */
    RSA_PSS("rsa"),
    /** ECDSA, the signature as DER {@code SEQUENCE{r,s}}. */
    ECDSA("ecdsa"),
    /** Pure Ed25519 over the message itself (RFC 8032). */
    ED25519("ed25519"),
    SEAL("other"),
    UNSEAL("other"),
    /** A Go {@code net/rpc} call: of use between Go programs only. */
    RPC("rpc"),
    /** A function that a plug-in of the server adds. */
    CUSTOM("custom"),
    PING("other"),
    /** An opcode that only a server sends. */
    REPLY("other");

    private final String label;

    Scheme(String label) {
        this.label = label;
    }

    /** The value of the label {@code type} in gokeyless's metrics. */
    public String label() {
        return label;
    }

    /** Whether the operation needs a private key. */
    public boolean needsKey() {
        return switch (this) {
            case RSA_DECRYPT, RSA_PKCS1, RSA_PSS, ECDSA, ED25519 -> true;
            case SEAL, UNSEAL, RPC, CUSTOM, PING, REPLY -> false;
        };
    }
}
