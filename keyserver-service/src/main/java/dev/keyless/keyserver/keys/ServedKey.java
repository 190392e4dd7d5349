package dev.keyless.keyserver.keys;

import dev.keyless.protocol.Opcode;
import java.security.GeneralSecurityException;

/** A private key that can be used but not seen. Safe for use from any number of threads. */
public interface ServedKey {

    KeyInfo info();

    /**
     * Whether an operation costs less than handing it to another thread would, and never blocks. Such a key is used where
     * the request was read, any other on the signing pool.
     */
    boolean cheap();

    /** As {@link #cheap()}, for a payload of this length: an Ed25519 message is hashed twice, whatever its length. */
    default boolean cheap(int payloadLength) {
        return cheap();
    }

    /**
     * Performs one private-key operation and returns the reply's payload.
     *
     * @param opcode one whose scheme this key's algorithm {@linkplain KeyAlgorithm#supports supports}
     * @param payload a digest of the length that the opcode names; the message for Ed25519; the ciphertext for decryption
     * @throws GeneralSecurityException if the key refuses, as for a ciphertext that is larger than the modulus
     */
    byte[] perform(Opcode opcode, byte[] payload) throws GeneralSecurityException;
}
