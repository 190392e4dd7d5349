package dev.keyless.keyserver.keys.crypto;

import dev.keyless.protocol.Digest;
import dev.keyless.protocol.Opcode;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.SignatureException;

/** What can be done with one private key. */
sealed interface PrivateOperation permits RsaOperation, EcOperation, Ed25519Operation {

    byte[] perform(Opcode opcode, byte[] payload) throws GeneralSecurityException;

    boolean cheap(int payloadLength);

    /** The opcode's hash, after a look at the length of the digest: a signature over anything else would be a gift. */
    static Digest requireDigest(Opcode opcode, byte[] payload) throws SignatureException {
        Digest digest = opcode.digest()
                .orElseThrow(() -> new SignatureException(opcode.wireName() + " does not take a digest"));
        if (payload.length != digest.length()) {
            throw new SignatureException(
                    "%s wants %d bytes, got %d".formatted(opcode.wireName(), digest.length(), payload.length));
        }
        return digest;
    }

    static InvalidKeyException unsupported(Opcode opcode) {
        return new InvalidKeyException("not a key for " + opcode.wireName());
    }
}
