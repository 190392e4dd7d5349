package dev.keyless.keyserver.signing;

import dev.keyless.keyserver.keys.KeyRing;
import dev.keyless.keyserver.keys.ServedKey;
import dev.keyless.keyserver.peers.Peer;
import dev.keyless.protocol.ErrorCode;
import dev.keyless.protocol.Frame;
import dev.keyless.protocol.Opcode;
import dev.keyless.protocol.Scheme;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Decides what is to be done with a request: whether it makes sense, whether this peer may ask for it, and which key it
 * means. Stricter than gokeyless, which lets the key find out; on valid traffic nobody can tell the difference.
 */
public final class RequestPolicy {

    private final Supplier<KeyRing> keys;
    private final Set<Opcode> disabled;
    private final Optional<Sealer> sealer;

    /**
     * @param keys the keys in service at the moment of asking
     * @param disabled opcodes that the operator has switched off, for every peer
     * @param sealer serves seal and unseal; empty if they are off
     */
    public RequestPolicy(Supplier<KeyRing> keys, Set<Opcode> disabled, Optional<Sealer> sealer) {
        this.keys = keys;
        this.disabled = Set.copyOf(disabled);
        this.sealer = sealer;
    }

    /** Never blocks and never throws: a bug is an outcome, too. */
    public Decision decide(Peer peer, Frame request) {
        try {
            return check(peer, request);
        } catch (RuntimeException | Error e) { // whatever it is, the peer gets its answer
            return settled(new Outcome.Failed(e));
        }
    }

    private Decision check(Peer peer, Frame request) {
        Optional<Opcode> known = Opcode.find(request.opcode());
        if (known.isEmpty()) return refused(ErrorCode.BAD_OPCODE, "no such opcode: " + request.opcode());
        Opcode opcode = known.get();
        if (opcode.scheme() == Scheme.REPLY) {
            return refused(ErrorCode.UNEXPECTED_OPCODE, opcode.wireName() + " is a reply, not a request");
        }
        if (disabled.contains(opcode)) return refused(ErrorCode.BAD_OPCODE, opcode.wireName() + " is switched off");
        if (!peer.may(opcode)) {
            return refused(ErrorCode.BAD_OPCODE, opcode.wireName() + " is not allowed to peer " + peer.name());
        }
        return switch (opcode.scheme()) {
            case RSA_DECRYPT, RSA_PKCS1, RSA_PSS, ECDSA, ED25519 -> useKey(peer, opcode, request);
            case SEAL -> seal(request);
            case UNSEAL -> unseal(request);
            case PING -> settled(new Outcome.Answered(Frame.pong(request.id(), request.payload())));
            case RPC, CUSTOM, REPLY -> refused(ErrorCode.BAD_OPCODE, opcode.wireName() + " is not served here");
        };
    }

    private Decision useKey(Peer peer, Opcode opcode, Frame request) {
        if (!KeyRing.identifiesKey(request)) {
            return refused(ErrorCode.INTERNAL, "no SKI, certificate digest, server name or server address given");
        }
        Optional<ServedKey> found = keys.get().find(request);
        if (found.isEmpty()) return refused(ErrorCode.KEY_NOT_FOUND, "no key for " + named(request));
        ServedKey key = found.get();
        if (!peer.mayUse(key.info().ski())) {
            return refused(ErrorCode.KEY_NOT_FOUND, "the key is not allowed to peer " + peer.name());
        }
        if (!key.info().algorithm().supports(opcode.scheme())) {
            return refused(
                    ErrorCode.CRYPTO,
                    opcode.wireName() + " asked of a key of kind " + key.info().algorithm());
        }
        int length = request.payload().length;
        if (opcode.digest().isPresent() && opcode.digest().get().length() != length) {
            return refused(
                    ErrorCode.CRYPTO,
                    opcode.wireName() + " wants a digest of "
                            + opcode.digest().get().length() + " bytes, found " + length);
        }
        return new Decision.Perform(key, opcode, request);
    }

    private Decision seal(Frame request) {
        if (sealer.isEmpty()) return refused(ErrorCode.INTERNAL, "seal and unseal are off");
        int length = request.payload().length;
        if (length > Sealer.MAX_LENGTH) {
            return refused(ErrorCode.CRYPTO, "at most " + Sealer.MAX_LENGTH + " bytes can be sealed, found " + length);
        }
        return settled(
                new Outcome.Answered(Frame.response(request.id(), sealer.get().seal(request.payload()))));
    }

    private Decision unseal(Frame request) {
        if (sealer.isEmpty()) return refused(ErrorCode.INTERNAL, "seal and unseal are off");
        return settled(
                switch (sealer.get().unseal(request.payload())) {
                    case Sealer.Opened(byte[] content) -> new Outcome.Answered(Frame.response(request.id(), content));
                    case Sealer.Expired _ ->
                        new Outcome.Refused(ErrorCode.EXPIRED, "sealed with a key that was rotated away");
                    case Sealer.Invalid _ -> new Outcome.Refused(ErrorCode.CRYPTO, "not sealed here, or damaged");
                });
    }

    /** By what the request named its key. The server name is the peer's text: it is not repeated here. */
    private static String named(Frame request) {
        if (request.ski().isPresent()) return "SKI " + request.ski().get();
        if (request.certificateDigest().isPresent()) {
            return "certificate digest " + request.certificateDigest().get();
        }
        return "this server name or address, or more than one";
    }

    private static Decision refused(ErrorCode error, String reason) {
        return settled(new Outcome.Refused(error, reason));
    }

    private static Decision settled(Outcome outcome) {
        return new Decision.Settled(outcome);
    }
}
