package dev.keyless.bench;

import dev.keyless.protocol.Frame;
import dev.keyless.protocol.Opcode;
import dev.keyless.protocol.Ski;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;

/**
 * A key that the server holds, and the operation that is measured on it.
 *
 * @param publicKey empty if it is not known, as with a server that was not started here
 */
record TestedKey(Opcode opcode, Ski ski, Optional<PublicKey> publicKey) {

    private static final byte[] MESSAGE = "what a visitor's handshake would hash".getBytes(StandardCharsets.US_ASCII);

    /** The same each time; connections give it its id. */
    Frame request() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(MESSAGE);
            return Frame.request(opcode).ski(ski).payload(digest).build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** @throws BenchException if the reply is no signature over what {@link #request()} asks for */
    void requireSigned(Frame reply) {
        if (reply.opcode() != Opcode.RESPONSE.code()) {
            throw new BenchException(opcode.wireName() + " with the key " + ski
                    + " was refused: error 0x%02x".formatted(reply.payload().length == 1 ? reply.payload()[0] : 0));
        }
        if (publicKey.isPresent() && !verifies(publicKey.get(), reply.payload())) {
            throw new BenchException("the answer to " + opcode.wireName() + " is no valid signature");
        }
    }

    private boolean verifies(PublicKey key, byte[] signature) {
        try {
            Signature verifier;
            if (key.getAlgorithm().equals("RSA")) {
                verifier = Signature.getInstance("RSASSA-PSS");
                verifier.setParameter(new PSSParameterSpec(
                        "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, PSSParameterSpec.TRAILER_FIELD_BC));
            } else {
                verifier = Signature.getInstance("SHA256withECDSA");
            }
            verifier.initVerify(key);
            verifier.update(MESSAGE);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
