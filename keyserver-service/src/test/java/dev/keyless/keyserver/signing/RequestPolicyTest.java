package dev.keyless.keyserver.signing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
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

    @Test
    void sealsAndUnsealsWhereThatIsOnUntilTheKeyIsRotated() {
        Instant[] now = {Instant.parse("2026-01-01T00:00:00Z")};
        Sealer sealer = new Sealer(() -> now[0], Duration.ofHours(24), new SecureRandom());
        RequestPolicy policy = new RequestPolicy(KeyRing::empty, Set.of(), Optional.of(sealer));
        byte[] ticket = {1, 2, 3};

        byte[] sealed = answer(policy, Opcode.SEAL, ticket).payload();
        assertArrayEquals(ticket, answer(policy, Opcode.UNSEAL, sealed).payload());

        now[0] = now[0].plus(Duration.ofHours(24));
        assertRefused(
                ErrorCode.EXPIRED,
                policy.decide(
                        peer(Optional.empty()),
                        Frame.request(Opcode.UNSEAL).payload(sealed).build(1)));
        assertRefused(
                ErrorCode.CRYPTO,
                policy.decide(
                        peer(Optional.empty()),
                        Frame.request(Opcode.UNSEAL).payload(ticket).build(1)));
    }

    @Test
    void refusesToSealWhatWouldNotFitInAPacketAndSealsTheLargestThatDoes() {
        Sealer sealer = new Sealer(Instant::now, Duration.ofHours(24), new SecureRandom());
        RequestPolicy policy = new RequestPolicy(KeyRing::empty, Set.of(), Optional.of(sealer));
        Frame tooLarge = Frame.request(Opcode.SEAL)
                .payload(new byte[Sealer.MAX_LENGTH + 1])
                .build(1);

        assertRefused(ErrorCode.CRYPTO, policy.decide(peer(Optional.empty()), tooLarge));
        assertEquals(
                Opcode.RESPONSE.code(),
                answer(policy, Opcode.SEAL, new byte[Sealer.MAX_LENGTH]).opcode());
    }

    private static Frame answer(RequestPolicy policy, Opcode opcode, byte[] payload) {
        Decision decision = policy.decide(
                peer(Optional.empty()), Frame.request(opcode).payload(payload).build(1));
        return assertInstanceOf(Decision.Settled.class, decision).outcome().reply(1);
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
