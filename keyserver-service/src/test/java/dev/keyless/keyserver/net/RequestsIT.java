package dev.keyless.keyserver.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.keyless.keyserver.net.ListenerEvents.Ending;
import dev.keyless.keyserver.tls.TlsConfig;
import dev.keyless.protocol.CertificateDigest;
import dev.keyless.protocol.ErrorCode;
import dev.keyless.protocol.Frame;
import dev.keyless.protocol.Opcode;
import dev.keyless.protocol.Ski;
import dev.keyless.sandbox.pki.CertificateAuthority;
import dev.keyless.sandbox.pki.CertificateSpec;
import dev.keyless.sandbox.pki.Identity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a peer sends in a whole frame gets an answer, and the right one. */
class RequestsIT {

    private static final byte[] DIGEST = new byte[32];

    @TempDir
    Path folder;

    private final TestKeys.Quick key = new TestKeys.Quick();
    private final TestKeys.Broken broken = new TestKeys.Broken();

    @ParameterizedTest
    @CsvSource({"OPENSSL, TLSv1.2", "OPENSSL, TLSv1.3", "JDK, TLSv1.2", "JDK, TLSv1.3"})
    void signsForAKnownSki(TlsConfig.Engine engine, String protocol) throws Exception {
        try (ListenerFixture server =
                        ListenerFixture.Setup.in(folder).with(engine).start(key);
                Wire peer = server.connect(server.client, protocol)) {
            Frame reply = peer.exchange(sign(key.ski()).build(7));

            assertEquals(Opcode.RESPONSE.code(), reply.opcode());
            assertEquals(7, reply.id());
            assertTrue(key.verifies(DIGEST, reply.payload()));
        }
    }

    static Stream<Arguments> refusals() {
        Ski unknown = Ski.parse("11".repeat(20));
        byte[] digest = DIGEST;
        return Stream.of(
                Arguments.of(
                        "an unknown SKI", ErrorCode.KEY_NOT_FOUND, sign(unknown).build(1)),
                Arguments.of(
                        "an unknown digest",
                        ErrorCode.KEY_NOT_FOUND,
                        Frame.request(Opcode.ECDSA_SIGN_SHA256)
                                .certificateDigest(
                                        CertificateDigest.of(HexFormat.of().parseHex("22".repeat(32))))
                                .payload(digest)
                                .build(1)),
                Arguments.of(
                        "no key named",
                        ErrorCode.INTERNAL,
                        Frame.request(Opcode.ECDSA_SIGN_SHA256).payload(digest).build(1)),
                Arguments.of(
                        "no opcode",
                        ErrorCode.BAD_OPCODE,
                        Frame.request(Opcode.PING).opcode(0).build(1)),
                Arguments.of(
                        "an unknown opcode",
                        ErrorCode.BAD_OPCODE,
                        Frame.request(Opcode.PING).opcode(0x99).build(1)),
                Arguments.of(
                        "a Go RPC",
                        ErrorCode.BAD_OPCODE,
                        Frame.request(Opcode.RPC).payload(digest).build(1)),
                Arguments.of(
                        "a custom function",
                        ErrorCode.BAD_OPCODE,
                        Frame.request(Opcode.CUSTOM).build(1)),
                Arguments.of(
                        "seal while it is off",
                        ErrorCode.INTERNAL,
                        Frame.request(Opcode.SEAL).build(1)),
                Arguments.of("a response", ErrorCode.UNEXPECTED_OPCODE, Frame.response(1, digest)),
                Arguments.of("a pong", ErrorCode.UNEXPECTED_OPCODE, Frame.pong(1, digest)),
                Arguments.of("an error", ErrorCode.UNEXPECTED_OPCODE, Frame.error(1, ErrorCode.CRYPTO)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("refusals")
    void refuses(String what, ErrorCode expected, Frame request) throws Exception {
        try (ListenerFixture server = ListenerFixture.Setup.in(folder).start(key);
                Wire peer = server.connect()) {
            Frame reply = peer.exchange(request);

            assertError(expected, reply);
            assertEquals(1, reply.id());
            assertPings(peer);
        }
    }

    @Test
    void refusesAnOpcodeThatIsNotForThisKindOfKey() throws Exception {
        try (ListenerFixture server = ListenerFixture.Setup.in(folder).start(key);
                Wire peer = server.connect()) {
            Frame reply = peer.exchange(Frame.request(Opcode.RSA_SIGN_SHA256)
                    .ski(key.ski())
                    .payload(DIGEST)
                    .build(1));

            assertError(ErrorCode.CRYPTO, reply);
        }
    }

    @Test
    void refusesADigestOfTheWrongLength() throws Exception {
        try (ListenerFixture server = ListenerFixture.Setup.in(folder).start(key);
                Wire peer = server.connect()) {
            Frame reply = peer.exchange(Frame.request(Opcode.ECDSA_SIGN_SHA384)
                    .ski(key.ski())
                    .payload(DIGEST)
                    .build(1));

            assertError(ErrorCode.CRYPTO, reply);
        }
    }

    @Test
    void answersABugWithAnInternalError() throws Exception {
        try (ListenerFixture server = ListenerFixture.Setup.in(folder).start(key, broken);
                Wire peer = server.connect()) {
            Frame reply = peer.exchange(sign(broken.ski()).build(1));

            assertError(ErrorCode.INTERNAL, reply);
            assertPings(peer);
        }
    }

    @Test
    void findsTheKeyByServerNameWhereThereIsNoSki() throws Exception {
        try (ListenerFixture server = ListenerFixture.Setup.in(folder).start(key);
                Wire peer = server.connect()) {
            Frame reply = peer.exchange(Frame.request(Opcode.ECDSA_SIGN_SHA256)
                    .serverName("WWW.example.test")
                    .payload(DIGEST)
                    .build(1));

            assertTrue(key.verifies(DIGEST, reply.payload()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "another major version, 0200000000000009, VERSION_MISMATCH, 9",
        "an item longer than the body, 010000040000000912000901, FORMAT, 9",
        "the same item twice, 0100000800000009 1100 01f1 1100 01f1, FORMAT, 9",
        "an address of five bytes, 010000080000000903000501020304 05, FORMAT, 9",
    })
    void answersWhatIsNoRequestAndGoesOn(String what, String hex, ErrorCode expected, int id) throws Exception {
        try (ListenerFixture server = ListenerFixture.Setup.in(folder).start(key);
                Wire peer = server.connect()) {
            peer.sendBytes(HexFormat.of().parseHex(hex.replace(" ", "")));
            Frame reply = peer.receive();

            assertError(expected, reply);
            assertEquals(id, reply.id());
            assertPings(peer);
        }
    }

    @Test
    void closesAStreamThatIsNotInFrameAfterOneAnswerAndAfterThoseBefore() throws Exception {
        try (ListenerFixture server = ListenerFixture.Setup.in(folder).start(key);
                Wire peer = server.connect()) {
            byte[] ping = Frame.request(Opcode.PING).build(5).encode();
            byte[] rubbish = "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            byte[] both = new byte[ping.length + rubbish.length];
            System.arraycopy(ping, 0, both, 0, ping.length);
            System.arraycopy(rubbish, 0, both, ping.length, rubbish.length);

            peer.sendBytes(both);

            assertEquals(Opcode.PONG.code(), peer.receive().opcode());
            assertError(ErrorCode.FORMAT, peer.receive());
            assertTrue(peer.isClosedByServer());
            assertEquals(List.of(Ending.OUT_OF_FRAME), server.events.endings());
        }
    }

    @Test
    void echoesWhatAPingCarriesAtAnySplit() throws Exception {
        byte[] payload = "hello".getBytes(StandardCharsets.US_ASCII);
        byte[] packet = Frame.request(Opcode.PING).payload(payload).build(3).encode();
        try (ListenerFixture server = ListenerFixture.Setup.in(folder).start(key);
                Wire peer = server.connect()) {
            for (int split = 1; split < 40; split++) {
                peer.sendBytes(Arrays.copyOf(packet, split));
                peer.sendBytes(Arrays.copyOfRange(packet, split, packet.length));

                assertArrayEquals(payload, peer.receive().payload());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"OPENSSL, TLSv1.2", "OPENSSL, TLSv1.3", "JDK, TLSv1.2", "JDK, TLSv1.3"})
    void refusesClientsWithoutAGoodCertificateAndServesTheOthers(TlsConfig.Engine engine, String protocol)
            throws Exception {
        try (ListenerFixture server =
                        ListenerFixture.Setup.in(folder).with(engine).start(key);
                Wire honest = server.connect(server.client, protocol)) {
            CertificateAuthority other = CertificateAuthority.create("another CA");
            Identity[] bad = {
                null,
                other.issue(CertificateSpec.client("stranger")),
                server.authority.issue(CertificateSpec.client("late").expired()),
                server.authority.issue(CertificateSpec.client("early").notYetValid()),
                server.authority.issue(CertificateSpec.client("server").withUsages(CertificateSpec.Usage.SERVER))
            };
            for (Identity identity : bad) {
                assertThrows(IOException.class, () -> {
                    try (Wire refused = server.connect(identity, protocol)) {
                        refused.exchange(Frame.request(Opcode.PING).build(1));
                    }
                });

                assertPings(honest);
            }
            assertEquals(1, server.events.connected.get());
        }
    }

    private static Frame.Builder sign(Ski ski) {
        return Frame.request(Opcode.ECDSA_SIGN_SHA256).ski(ski).payload(DIGEST);
    }

    private static void assertPings(Wire peer) throws IOException {
        assertEquals(
                Opcode.PONG.code(),
                peer.exchange(Frame.request(Opcode.PING).build(77)).opcode());
    }

    private static void assertError(ErrorCode expected, Frame reply) {
        assertEquals(Opcode.ERROR.code(), reply.opcode());
        assertEquals(expected.code(), reply.payload()[0]);
    }
}
