package dev.keyless.protocol;

import static dev.keyless.protocol.Bytes.bytes;
import static dev.keyless.protocol.Frame.request;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.Inet6Address;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {

    /** Opcode item and the payload's own header take 7 bytes of the body; the header of the packet takes 8. */
    private static Frame withBodyBeforePadding(int length) {
        return request(Opcode.PING).payload(new byte[length - 7]).build(1);
    }

    @ParameterizedTest(name = "a body of {0} makes a packet of {1}")
    @CsvSource({
        // 8 + 1013 = 1021: an empty padding item fits exactly
        "1011, 1024",
        "1012, 1024",
        "1013, 1024",
        // two bytes short, one byte short: the padding's header does not fit
        "1014, 1025",
        "1015, 1026",
        // 1024 and more: none
        "1016, 1024",
        "1017, 1025",
        "1021, 1029",
        "1022, 1030",
        "1023, 1031",
        "1024, 1032"
    })
    void padsUpTo1024Bytes(int body, int packet) {
        Frame frame = withBodyBeforePadding(body);

        assertEquals(packet, frame.encode().length);
        assertEquals(packet, frame.encodedLength());
    }

    @Test
    void everyShorterPacketHasTheSameLength() {
        for (int body = 7; body <= 1013; body++)
            assertEquals(1024, withBodyBeforePadding(body).encode().length);
    }

    @Test
    void acceptsTheLargestBody() {
        Frame frame = withBodyBeforePadding(Frame.MAX_BODY_LENGTH);

        byte[] encoded = frame.encode();

        assertEquals(Frame.HEADER_LENGTH + Frame.MAX_BODY_LENGTH, encoded.length);
        assertEquals(frame, FrameDecoder.decode(ByteBuffer.wrap(encoded)));
    }

    @ParameterizedTest(name = "a payload of {0} bytes")
    @ValueSource(ints = {0xFFFF - 6, 0xFFFF, 0x10000, 0x20000})
    void refusesABodyThatIsTooLarge(int payload) {
        Frame.Builder builder = request(Opcode.PING).payload(new byte[payload]);

        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> builder.build(1));

        assertEquals("a packet's body has at most 65535 bytes, these items have " + (payload + 7), e.getMessage());
    }

    @Test
    void refusesItemsThatAreTooLargeOnlyTogether() {
        Frame.Builder builder = request(Opcode.PING).payload(new byte[40_000]).extra(new byte[40_000]);

        assertThrows(IllegalArgumentException.class, builder::build);
    }

    @Test
    void writesNothingWhereThereIsTooLittleRoom() {
        ByteBuffer out = ByteBuffer.allocate(1023);

        assertThrows(
                BufferOverflowException.class,
                () -> request(Opcode.PING).build(1).encode(out));
        assertEquals(0, out.position());
    }

    @Test
    void writesAtThePositionOfTheBuffer() {
        ByteBuffer out = ByteBuffer.allocate(1100).position(50);
        Frame frame = request(Opcode.PING).payload(bytes("cafe")).build(1);

        frame.encode(out);

        assertEquals(1074, out.position());
        assertEquals(frame, FrameDecoder.decode(out.flip().position(50)));
    }

    @Test
    void neverWritesASkiOrADigestOfZeros() {
        Frame frame = request(Opcode.PING)
                .ski(new Ski(0, 0, 0))
                .certificateDigest(new CertificateDigest(0, 0, 0, 0))
                .build(1);

        assertEquals(request(Opcode.PING).build(1), frame);
        assertArrayEquals(request(Opcode.PING).build(1).encode(), frame.encode());
    }

    @Test
    void neverWritesEmptyItems() {
        Frame frame = request(Opcode.PING)
                .payload(new byte[0])
                .extra(new byte[0])
                .serverName("")
                .certificateId("")
                .customFunction("")
                .requestContext("")
                .build(1);

        assertArrayEquals(request(Opcode.PING).build(1).encode(), frame.encode());
    }

    @Test
    void alwaysWritesIpv4AsFourBytes() throws Exception {
        Frame frame = request(Opcode.PING)
                .clientIp(Inet6Address.getByAddress("mapped", bytes("00*10 ffff c0000201"), -1))
                .build(1);

        assertArrayEquals(
                bytes("0100 03f8 00000001 | 11 0001 f1 | 03 0004 c0000201 | 20 03ea 00*1002"), frame.encode());
    }

    @Test
    void keepsTheLastOfWhatIsSetTwice() {
        Frame frame = request(Opcode.PING)
                .serverName("a")
                .serverName("b")
                .opcode(0x99)
                .build(1);

        assertEquals(request(Opcode.PING).opcode(0x99).serverName("b").build(1), frame);
        assertEquals(0x99, frame.opcode());
    }

    @Test
    void theBuilderCanGoOnWithoutChangingWhatItBuilt() {
        Frame.Builder builder = request(Opcode.PING).serverName("a");
        Frame first = builder.build(1);

        builder.serverName("b").build(1);

        assertEquals(Optional.of("a"), first.serverName());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {-1, 256, 0x105, Integer.MAX_VALUE})
    void refusesAnOpcodeOrRegionThatIsNoByte(int value) {
        Frame.Builder builder = request(Opcode.PING);

        assertThrows(IllegalArgumentException.class, () -> builder.opcode(value));
        assertThrows(IllegalArgumentException.class, () -> builder.complianceRegion(value));
    }

    @Test
    void readsOpcodeAndRegionAsUnsigned() {
        Frame frame = request(Opcode.ERROR).complianceRegion(255).build(1);

        assertEquals(255, frame.opcode());
        assertEquals(Optional.of(255), frame.complianceRegion());
    }

    @Test
    void changesTheIdAndNothingElse() {
        Frame frame = request(Opcode.PING).payload(bytes("cafe")).build(1);

        Frame other = frame.withId(-2);

        assertEquals(-2, other.id());
        assertNotEquals(frame, other);
        assertEquals(frame, other.withId(1));
        assertEquals(frame.hashCode(), other.withId(1).hashCode());
    }

    @Test
    void hasIdZeroUntilTheClientSetsOne() {
        assertEquals(0, request(Opcode.PING).build().id());
    }

    @Test
    void anAbsentItemIsEmpty() {
        Frame frame = request(Opcode.PING).build(1);

        assertEquals(Optional.empty(), frame.ski());
        assertEquals(Optional.empty(), frame.certificateDigest());
        assertEquals(Optional.empty(), frame.clientIp());
        assertEquals(Optional.empty(), frame.serverIp());
        assertEquals(Optional.empty(), frame.serverName());
        assertEquals(Optional.empty(), frame.certificateId());
        assertEquals(Optional.empty(), frame.customFunction());
        assertEquals(Optional.empty(), frame.span());
        assertEquals(Optional.empty(), frame.requestContext());
        assertEquals(Optional.empty(), frame.complianceRegion());
        assertEquals(0, frame.payload().length);
        assertEquals(0, frame.extra().length);
    }

    @Test
    void showsIdOpcodeAndSkiButNoPayload() {
        Frame frame = request(Opcode.RSA_DECRYPT)
                .payload(bytes("5ec7e7"))
                .ski(Ski.parse("00112233445566778899aabbccddeeff01234567"))
                .build(-1);

        assertEquals("OpRSADecrypt[id=4294967295, ski=00112233445566778899aabbccddeeff01234567]", frame.toString());
        assertEquals("Op(9)[id=3]", request(Opcode.PING).opcode(9).build(3).toString());
        assertFalse(frame.toString().contains("5ec7e7"));
    }
}
