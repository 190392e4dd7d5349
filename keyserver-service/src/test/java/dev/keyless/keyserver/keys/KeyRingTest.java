package dev.keyless.keyserver.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.keyless.protocol.CertificateDigest;
import dev.keyless.protocol.Frame;
import dev.keyless.protocol.Opcode;
import dev.keyless.protocol.Ski;
import dev.keyless.sandbox.pki.KeyKind;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyRingTest {

    private final ServedKey www = key(KeyKind.RSA_2048, "www.example.test", "192.0.2.7");
    private final ServedKey wildcard = key(KeyKind.P256, "*.example.test");
    private final ServedKey twin = key(KeyKind.P256, "twin.example.test", "2001:db8:0:0:0:0:0:1");
    private final ServedKey otherTwin = key(KeyKind.P256, "twin.example.test");
    private final KeyRing ring = KeyRing.of(List.of(www, wildcard, twin, otherTwin));

    @Test
    void letsASkiDecideAloneWhateverElseIsSaid() {
        assertEquals(
                Optional.of(wildcard),
                ring.find(ask().ski(wildcard.info().ski())
                        .serverName("www.example.test")
                        .build()));
        assertEquals(
                Optional.empty(),
                ring.find(ask().ski(Ski.parse("ab".repeat(20)))
                        .serverName("www.example.test")
                        .build()));
    }

    @Test
    void goesByTheDigestWhereThereIsNoSki() {
        CertificateDigest digest = www.info().certificateDigest().orElseThrow();

        assertEquals(
                Optional.of(www),
                ring.find(ask().certificateDigest(digest)
                        .serverName("twin.example.test")
                        .build()));
    }

    @Test
    void goesByTheServerNameExactBeforeWildcard() {
        assertEquals(
                Optional.of(www), ring.find(ask().serverName("WWW.Example.Test").build()));
        assertEquals(
                Optional.of(wildcard),
                ring.find(ask().serverName("shop.example.test").build()));
        assertEquals(
                Optional.empty(),
                ring.find(ask().serverName("a.shop.example.test").build()));
        assertEquals(
                Optional.empty(), ring.find(ask().serverName("example.test").build()));
        assertEquals(
                Optional.empty(), ring.find(ask().serverName(".example.test").build()));
    }

    @Test
    void doesNotGuessBetweenTwoKeysForOneName() {
        assertEquals(
                Optional.empty(),
                ring.find(ask().serverName("twin.example.test").build()));
    }

    @Test
    void goesByTheServersAddressLastOfAll() throws Exception {
        InetAddress v4 = InetAddress.getByName("192.0.2.7");
        InetAddress v6 = InetAddress.getByName("2001:db8::1");

        assertEquals(Optional.of(www), ring.find(ask().serverIp(v4).build()));
        assertEquals(Optional.of(twin), ring.find(ask().serverIp(v6).build()));
        assertEquals(
                Optional.of(wildcard),
                ring.find(ask().serverIp(v4).serverName("shop.example.test").build()));
    }

    @Test
    void knowsWhenARequestNamesNoKeyAtAll() {
        assertFalse(KeyRing.identifiesKey(ask().build()));
        assertTrue(KeyRing.identifiesKey(ask().serverName("x").build()));
    }

    private static Frame.Builder ask() {
        return Frame.request(Opcode.ECDSA_SIGN_SHA256).payload(new byte[32]);
    }

    private static ServedKey key(KeyKind kind, String... names) {
        KeyAlgorithm algorithm = kind == KeyKind.RSA_2048 ? KeyAlgorithm.RSA : KeyAlgorithm.EC;
        KeyInfo info = KeyInfo.of(kind.generate().getPublic(), algorithm, kind.name(), "memory", Set.of(names));
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
