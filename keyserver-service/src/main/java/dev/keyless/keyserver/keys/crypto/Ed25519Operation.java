package dev.keyless.keyserver.keys.crypto;

import dev.keyless.protocol.Opcode;
import dev.keyless.protocol.Scheme;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;

/** Pure Ed25519 over the message. */
record Ed25519Operation(CryptoProvider crypto, PrivateKey key) implements PrivateOperation {

    /**
     * A signature takes 9 us and 3.7 for each KiB of message, so the longest that a packet carries takes as long as RSA
     * does; this much takes about as long as P-256. What TLS signs is 130 to 146 bytes.
     */
    private static final int CHEAP_LENGTH = 2048;

    @Override
    public byte[] perform(Opcode opcode, byte[] payload) throws GeneralSecurityException {
        if (opcode.scheme() != Scheme.ED25519) throw PrivateOperation.unsupported(opcode);
        return crypto.ed25519(key, payload);
    }

    @Override
    public boolean cheap(int payloadLength) {
        return payloadLength <= CHEAP_LENGTH && crypto.accp().isPresent();
    }

    /** Says nothing of the key. */
    @Override
    public String toString() {
        return "Ed25519";
    }
}
