package dev.keyless.keyserver.keys;

import dev.keyless.protocol.Digest;
import dev.keyless.protocol.Opcode;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.Signature;
import java.util.Optional;

/** Finds out whether a key works: signs once and verifies that with the public half. */
public final class KeyCheck {

    private static final byte[] MESSAGE = {'k', 'e', 'y', 'l', 'e', 's', 's'};

    private KeyCheck() {}

    /**
     * Whether what the key signs is verified by its public key. Blocks for one operation.
     *
     * @param verifier what verifies; empty for the platform's choice
     */
    public static boolean signs(ServedKey key, Optional<Provider> verifier) {
        try {
            return switch (key.info().algorithm()) {
                case RSA -> verified(key, Opcode.RSA_SIGN_SHA256, "SHA256withRSA", verifier);
                case EC -> verified(key, Opcode.ECDSA_SIGN_SHA256, "SHA256withECDSA", verifier);
                case ED25519 -> verified(key, Opcode.ED25519_SIGN, "Ed25519", verifier);
            };
        } catch (GeneralSecurityException | RuntimeException e) { // a provider says with either that a key is no good
            return false;
        }
    }

    private static boolean verified(ServedKey key, Opcode opcode, String algorithm, Optional<Provider> verifier)
            throws GeneralSecurityException {
        Optional<Digest> digest = opcode.digest();
        byte[] payload = digest.isPresent()
                ? MessageDigest.getInstance(digest.get().jcaName()).digest(MESSAGE)
                : MESSAGE.clone();
        byte[] signature = key.perform(opcode, payload);
        Signature check = verifier.isPresent()
                ? Signature.getInstance(algorithm, verifier.get())
                : Signature.getInstance(algorithm);
        check.initVerify(key.info().publicKey());
        check.update(MESSAGE);
        return check.verify(signature);
    }
}
