package dev.keyless.keyserver.signing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.keyless.keyserver.keys.KeyAlgorithm;
import dev.keyless.keyserver.keys.KeyInfo;
import dev.keyless.keyserver.keys.KeyRing;
import dev.keyless.keyserver.keys.ServedKey;
import dev.keyless.keyserver.peers.Peer;
import dev.keyless.protocol.ErrorCode;
import dev.keyless.protocol.Frame;
import dev.keyless.protocol.Opcode;
import dev.keyless.protocol.Ski;
import dev.keyless.sandbox.pki.CertificateAuthority;
import dev.keyless.sandbox.pki.CertificateSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What peers may do, beside what requests may be; the latter is tested over the wire. */
class RequestPolicyTest {

    private final ServedKey key = key();
    private final Ski ski = key.info().ski();
    private final Frame sign = Frame.request(Opcode.ECDSA_SIGN_SHA256)
            .ski(ski)
            .payload(new byte[32])
            .build(1);

    @Test
    void performsWhatIsAllowed() {
        assertInstanceOf(Decision.Perform.class, policy(Set.of()).decide(peer(Optional.empty()), sign));
        assertInstanceOf(Decision.Perform.class, policy(Set.of()).decide(peer(Optional.of(Set.of(ski))), sign));
    }

    @Test
    void hidesAKeyFromAPeerThatMayNotUseIt() {
        assertRefused(
                ErrorCode.KEY_NOT_FOUND,
                policy(Set.of()).decide(peer(Optional.of(Set.of(Ski.parse("00".repeat(19) + "01")))), sign));
    }

    @Test
    void refusesWhatAPeerMayNotAsk() {
        Peer pinger = new Peer("pinger", Set.of(Opcode.PING), Optional.empty());

        assertRefused(ErrorCode.BAD_OPCODE, policy(Set.of()).decide(pinger, sign));
        assertInstanceOf(
                Decision.Settled.class,
                policy(Set.of()).decide(pinger, Frame.request(Opcode.PING).build(1)));
    }

    @Test
    void refusesWhatTheOperatorSwitchedOffWhoeverAsks() {
        assertRefused(
                ErrorCode.BAD_OPCODE, policy(Set.of(Opcode.ECDSA_SIGN_SHA256)).decide(peer(Optional.empty()), sign));
    }

    private RequestPolicy policy(Set<Opcode> disabled) {
        KeyRing ring = KeyRing.of(List.of(key));
        return new RequestPolicy(() -> ring, disabled, Optional.empty());
    }

    private static Peer peer(Optional<Set<Ski>> keys) {
        return new Peer("edge", Set.of(Opcode.values()), keys);
    }

    private static void assertRefused(ErrorCode expected, Decision decision) {
        Outcome outcome = assertInstanceOf(Decision.Settled.class, decision).outcome();
        assertEquals(expected, outcome.error());
        assertInstanceOf(Outcome.Refused.class, outcome);
    }

    private static ServedKey key() {
        KeyInfo info = KeyInfo.of(
                CertificateAuthority.create("x")
                        .issue(CertificateSpec.client("y"))
                        .certificate()
                        .getPublicKey(),
                KeyAlgorithm.EC,
                "EC P-256",
                "memory",
                Set.of());
        return new ServedKey() {
            @Override
            public KeyInfo info() {
                return info;
            }

            @Override
            public boolean cheap() {
                return true;
            }

            @Override
            public byte[] perform(Opcode opcode, byte[] payload) {
                return payload;
            }
        };
    }
}
