package dev.keyless.sandbox.edge;

import dev.keyless.client.RemoteSigner;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A private key that is somewhere else. */
@FunctionalInterface
public interface RemotePrivateKey {

    /**
     * Signs for a handshake. Does not block; the deadline is the key's own business, and it must have one.
     *
     * @param scheme TLS SignatureScheme (RFC 8446, section 4.2.3)
     * @param message what is to be signed, not hashed yet
     * @return the signature as TLS wants it; fails if there is none
     */
    CompletionStage<byte[]> sign(int scheme, byte[] message, Visitor visitor);

    /** The key behind a {@link RemoteSigner}. */
    static RemotePrivateKey of(RemoteSigner signer) {
        return (scheme, message, visitor) -> RemoteSigner.opcodeFor(scheme)
                .map(opcode -> signer.with(new RemoteSigner.Context(
                                Optional.of(visitor.serverName()), Optional.of(visitor.address())))
                        .signMessage(opcode, message))
                .orElseGet(() -> CompletableFuture.failedStage(new IllegalArgumentException(
                        "the keyless protocol has no operation for signature scheme 0x%04x".formatted(scheme))));
    }
}
