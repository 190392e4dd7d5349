package dev.keyless.keyserver.keys.crypto;

import dev.keyless.keyserver.keys.KeyAlgorithm;
import dev.keyless.keyserver.keys.KeyInfo;
import dev.keyless.keyserver.keys.ServedKey;
import dev.keyless.protocol.Opcode;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Set;

/** A private key in this process's memory. */
public final class SoftwareKey implements ServedKey {

    private final KeyInfo info;
    private final PrivateOperation operation;

    private SoftwareKey(KeyInfo info, PrivateOperation operation) {
        this.info = info;
        this.operation = operation;
    }

    /**
     * @param key made by {@link CryptoProvider#keyFactory}
     * @param info tells of this key's public half
     * @throws InvalidKeyException if the public half is not of the kind that {@code info} says
     */
    public static SoftwareKey of(CryptoProvider crypto, PrivateKey key, KeyInfo info) throws InvalidKeyException {
        return new SoftwareKey(info, operation(crypto, key, info.algorithm(), info.publicKey()));
    }

    private static PrivateOperation operation(
            CryptoProvider crypto, PrivateKey key, KeyAlgorithm algorithm, PublicKey half) throws InvalidKeyException {
        if (algorithm == KeyAlgorithm.ED25519) return new Ed25519Operation(crypto, key);
        return switch (half) {
            case RSAPublicKey rsa ->
                new RsaOperation(crypto, key, rsa.getModulus().bitLength());
            case ECPublicKey ec ->
                new EcOperation(
                        crypto, key, ec.getParams().getCurve().getField().getFieldSize());
            default -> throw new InvalidKeyException("no such kind of key is served: " + half.getAlgorithm());
        };
    }

    /** The same key with these names instead. */
    public SoftwareKey withNames(Set<String> names) {
        return names.equals(info.names()) ? this : new SoftwareKey(info.withNames(names), operation);
    }

    @Override
    public KeyInfo info() {
        return info;
    }

    @Override
    public boolean cheap() {
        return cheap(0);
    }

    @Override
    public boolean cheap(int payloadLength) {
        return operation.cheap(payloadLength);
    }

    @Override
    public byte[] perform(Opcode opcode, byte[] payload) throws GeneralSecurityException {
        return operation.perform(opcode, payload);
    }

    @Override
    public String toString() {
        return info.toString();
    }
}
