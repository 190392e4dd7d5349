package dev.keyless.keyserver.keys.crypto;

import dev.keyless.protocol.Opcode;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import javax.crypto.IllegalBlockSizeException;

/** RSA: one primitive, the private-key operation on a block; the encodings are ours. */
record RsaOperation(CryptoProvider crypto, PrivateKey key, int modulusBits) implements PrivateOperation {

    @Override
    public byte[] perform(Opcode opcode, byte[] payload) throws GeneralSecurityException {
        byte[] block = switch (opcode.scheme()) {
            case RSA_DECRYPT -> ciphertext(payload);
            case RSA_PKCS1 ->
                RsaEncoding.pkcs1(PrivateOperation.requireDigest(opcode, payload), payload, modulusLength());
            case RSA_PSS ->
                RsaEncoding.pss(PrivateOperation.requireDigest(opcode, payload), payload, modulusBits, crypto.random());
            case ECDSA, ED25519, SEAL, UNSEAL, RPC, CUSTOM, PING, REPLY -> throw PrivateOperation.unsupported(opcode);
        };
        return crypto.rsa(key, block);
    }

    @Override
    public boolean cheap(int payloadLength) {
        return false;
    }

    /** A number, so it may be shorter than the modulus; that it is smaller, too, the provider sees to. */
    private byte[] ciphertext(byte[] payload) throws IllegalBlockSizeException {
        if (payload.length > modulusLength()) {
            throw new IllegalBlockSizeException(
                    "a ciphertext of %d bytes for a modulus of %d".formatted(payload.length, modulusLength()));
        }
        byte[] block = new byte[modulusLength()];
        System.arraycopy(payload, 0, block, block.length - payload.length, payload.length);
        return block;
    }

    private int modulusLength() {
        return (modulusBits + 7) / 8;
    }

    /** Says nothing of the key. */
    @Override
    public String toString() {
        return "RSA " + modulusBits;
    }
}
