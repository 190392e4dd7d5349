package dev.keyless.protocol;

import static dev.keyless.protocol.Bytes.bytes;
import static dev.keyless.protocol.Bytes.concat;
import static dev.keyless.protocol.Bytes.packet;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What peers send that we would not: the leniencies of gokeyless, and what is a violation all the same. */
class FrameDecoderTest {

    private static final String SKI = "00112233445566778899aabbccddeeff01234567";
    private static final Frame PING = Frame.request(Opcode.PING).build(9);

    // --- forms that other peers write ---------------------------------------------------------

    @Test
    void readsThe1027BytesOfTheOldCServer() {
        byte[] packet = bytes("0100 03fb 00000009 | 11 0001 f1 | 12 0000 | 20 03f1 00*1009");

        assertEquals(PING, frame(packet));
        assertEquals(1027, packet.length);
    }

    @Test
    void readsAPacketWithoutPadding() {
        assertEquals(PING, frame(bytes("0100 0004 00000009 | 11 0001 f1")));
    }

    @Test
    void readsPaddingThatIsNotZero() {
        assertEquals(PING, frame(bytes("0100 0009 00000009 | 11 0001 f1 | 20 0002 beef")));
    }

    @Test
    void readsItemsInAnyOrder() {
        Frame inOrder = frame(packet(1, "11 0001 05 | 12 0002 abcd | 04 0014 " + SKI + " | 02 0001 61 | 20 0001 00"));
        Frame reversed = frame(packet(1, "20 0001 00 | 02 0001 61 | 04 0014 " + SKI + " | 12 0002 abcd | 11 0001 05"));

        assertEquals(inOrder, reversed);
    }

    @Test
    void ignoresTheMinorVersion() {
        assertEquals(PING, frame(bytes("01ff 0004 00000009 | 11 0001 f1")));
    }

    @Test
    void skipsUnknownTagsEvenRepeatedOnes() {
        assertEquals(
                PING, frame(packet(9, "07 0001 00 | 11 0001 f1 | 07 0002 0000 | ff 0000 | ff 0000 | 00 0003 010203")));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"00", "11", "0000", "1100", "ffff"})
    void ignoresOneOrTwoStrayBytesAtTheEnd(String stray) {
        assertEquals(PING, frame(packet(9, "11 0001 f1" + stray)));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"", "00", "11", "1100"})
    void readsABodyWithoutItemsAsAFrameWithoutOpcode(String body) {
        Frame frame = frame(body.isEmpty() ? bytes("0100 0000 00000009") : packet(9, body));

        assertEquals(0, frame.opcode());
        assertEquals(9, frame.id());
        assertEquals(Optional.empty(), Opcode.find(frame.opcode()));
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 1, 19, 21, 32})
    void takesASkiOfTheWrongLengthForNone(int length) {
        Frame frame = frame(packet(1, "11 0001 05 | 04 %04x %s".formatted(length, "a5*" + length)));

        assertEquals(Optional.empty(), frame.ski());
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 1, 20, 31, 33})
    void takesADigestOfTheWrongLengthForNone(int length) {
        Frame frame = frame(packet(1, "11 0001 05 | 01 %04x %s".formatted(length, "a5*" + length)));

        assertEquals(Optional.empty(), frame.certificateDigest());
    }

    @Test
    void takesASkiAndADigestOfZerosForNone() {
        Frame frame = frame(packet(9, "11 0001 f1 | 04 0014 00*20 | 01 0020 00*32"));

        assertEquals(Optional.empty(), frame.ski());
        assertEquals(Optional.empty(), frame.certificateDigest());
        assertEquals(PING, frame);
    }

    @Test
    void keepsASkiAndADigestWithASingleBit() {
        Frame frame = frame(packet(9, "11 0001 f1 | 04 0014 00*19 01 | 01 0020 80 00*31"));

        assertEquals(Optional.of(new Ski(0, 0, 1)), frame.ski());
        assertEquals(Optional.of(new CertificateDigest(Long.MIN_VALUE, 0, 0, 0)), frame.certificateDigest());
    }

    @Test
    void readsAnIpv4AddressMappedIntoIpv6AsIpv4() throws Exception {
        Frame mapped = frame(packet(1, "11 0001 05 | 03 0010 00*10 ffff c0000201 | 05 0010 00*10 ffff cb007101"));
        Frame plain = frame(packet(1, "11 0001 05 | 03 0004 c0000201 | 05 0004 cb007101"));

        assertEquals(plain, mapped);
        assertEquals(Optional.of(InetAddress.getByName("192.0.2.1")), mapped.clientIp());
        assertArrayEquals(plain.encode(), mapped.encode());
    }

    @Test
    void keepsAnIpv6AddressThatOnlyLooksMapped() throws Exception {
        Frame frame = frame(packet(1, "11 0001 05 | 03 0010 00*9 01 ffff c0000201 | 05 0010 00*10 fffe c0000201"));

        assertEquals(Optional.of(InetAddress.getByName("::1:ffff:c000:201")), frame.clientIp());
        assertEquals(Optional.of(InetAddress.getByName("::fffe:c000:201")), frame.serverIp());
    }

    @Test
    void takesEmptyItemsForAbsentOnes() {
        Frame frame = frame(packet(
                9, "11 0001 f1 | 12 0000 | 14 0000 | 02 0000 | 06 0000 | 13 0000 | 15 0000 | 16 0000 | 20 0000"));

        assertEquals(PING, frame);
        assertEquals(Optional.empty(), frame.serverName());
        assertEquals(0, frame.payload().length);
    }

    @Test
    void readsTextThatIsNotUtf8AndPassesItOnAsItCame() {
        byte[] packet = packet(1, "11 0001 05 | 02 0003 61ff62");

        Frame frame = frame(packet);

        assertEquals(Optional.of("a\ufffdb"), frame.serverName());
        assertEquals(frame, frame(frame.encode()));
    }

    @Test
    void aSpanThatMakesNoSenseIsNoReasonToRefuseThePacket() {
        Frame frame = frame(packet(1, "11 0001 05 | 15 0003 010203"));

        assertEquals(Optional.empty(), frame.span());
    }

    @Test
    void doesNotLookAtTheBufferAfterwards() {
        byte[] packet = packet(9, "11 0001 f1 | 12 0002 abcd | 02 0001 61");
        Frame frame = frame(packet);

        Arrays.fill(packet, (byte) 0);

        assertEquals(
                Frame.request(Opcode.PING)
                        .payload(bytes("abcd"))
                        .serverName("a")
                        .build(9),
                frame);
    }

    // --- violations after which the stream goes on --------------------------------------------

    @ParameterizedTest(name = "0x{0} twice")
    @CsvSource({
        "11, 0001 f1",
        "12, 0001 00",
        "14, 0001 00",
        "04, 0014 a5*20",
        "01, 0020 a5*32",
        "03, 0004 7f000001",
        "05, 0004 7f000001",
        "02, 0001 61",
        "06, 0001 61",
        "13, 0001 61",
        "15, 0001 61",
        "16, 0001 61",
        "17, 0001 01",
        "20, 0001 00"
    })
    void refusesAKnownTagSentTwice(String tag, String item) {
        assertMalformed(packet(5, tag + item + "|" + tag + item), "item 0x" + tag + " occurs twice");
    }

    @ParameterizedTest(name = "0x{0}, the first without effect")
    @CsvSource({"12, 0000", "20, 0000", "04, 0003 010203", "04, 0014 00*20", "01, 0000", "02, 0000"})
    void refusesAKnownTagSentTwiceEvenIfItSaysNothing(String tag, String item) {
        assertMalformed(packet(5, tag + item + "|" + tag + item), "item 0x" + tag + " occurs twice");
    }

    @ParameterizedTest(name = "0x{0} of {1} bytes")
    @CsvSource({
        "11, 0", "11, 2", "17, 0", "17, 2", "03, 0", "03, 1", "03, 3", "03, 5", "03, 8", "03, 15", "03, 17", "05, 0",
        "05, 1", "05, 3", "05, 5", "05, 8", "05, 15", "05, 17"
    })
    void refusesAnOpcodeRegionOrAddressOfTheWrongLength(String tag, int length) {
        String item = "%s %04x %s".formatted(tag, length, "01*" + length);

        assertMalformed(packet(5, item), "item 0x" + tag + " cannot have " + length + " bytes");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "11 0001",
                "12 0001",
                "20 ffff",
                "07 0001",
                "11 0001 f1 | 12 0003 0102",
                "11 0001 f1 | ff ffff 00",
                "11 0001 f1 | 20 0001"
            })
    void refusesAnItemThatIsLongerThanThePacket(String body) {
        ProtocolViolation violation = violation(packet(5, body));

        assertEquals(ErrorCode.FORMAT, violation.error());
        assertTrue(violation.inFrame());
        assertTrue(violation.reason().contains(" left"), violation.reason());
    }

    @Test
    void doesNotTakeTheNextPacketForTheRestOfAnItem() {
        byte[] tooLong = packet(5, "11 0001 f1 | 12 0008 01");
        ByteBuffer in = ByteBuffer.wrap(concat(tooLong, PING.encode()));

        assertInstanceOf(ProtocolViolation.class, FrameDecoder.decode(in));
        assertEquals(PING, FrameDecoder.decode(in));
    }

    @ParameterizedTest(name = "version {0}")
    @ValueSource(ints = {2, 3, 15})
    void answersAnotherMajorVersionAndReadsOn(int major) {
        byte[] packet = packet(0xfffffffe, "11 0001 f1");
        packet[0] = (byte) major;
        ByteBuffer in = ByteBuffer.wrap(concat(packet, PING.encode()));

        Decoded decoded = FrameDecoder.decode(in);

        assertEquals(
                new ProtocolViolation(
                        0xfffffffe, ErrorCode.VERSION_MISMATCH, "found major version " + major + ", expected 1", true),
                decoded);
        assertEquals(PING, FrameDecoder.decode(in));
    }

    @Test
    void waitsForTheWholePacketOfAnotherVersion() {
        byte[] packet = packet(1, "11 0001 f1");
        packet[0] = 2;

        assertEquals(new NeedMore(1), FrameDecoder.decode(ByteBuffer.wrap(packet, 0, packet.length - 1)));
    }

    @Test
    void doesNotReadTheBodyOfAnotherVersion() {
        byte[] packet = packet(1, "11 ffff f1");
        packet[0] = 2;

        assertEquals(ErrorCode.VERSION_MISMATCH, violation(packet).error());
    }

    @Test
    void tellsNothingOfThePacketsContent() {
        for (String body : List.of("12 0009 5ec7e7", "12 0003 5ec7e7 | 12 0003 5ec7e7", "03 0003 5ec7e7")) {
            String reason = violation(packet(1, body)).reason();

            assertFalse(reason.contains("5ec7e7") || reason.contains("94, -57"), reason);
        }
    }

    // --- violations after which nothing can be trusted ----------------------------------------

    @ParameterizedTest(name = "first byte {0}")
    @ValueSource(ints = {0, 16, 0x16, 0x47, 0x80, 0xFF})
    void givesUpOnWhatIsNoVersionOfTheProtocol(int first) {
        byte[] packet = packet(7, "11 0001 f1");
        packet[0] = (byte) first;
        ByteBuffer in = ByteBuffer.wrap(packet);

        ProtocolViolation violation = assertInstanceOf(ProtocolViolation.class, FrameDecoder.decode(in));

        assertEquals(ErrorCode.FORMAT, violation.error());
        assertEquals(7, violation.id());
        assertFalse(violation.inFrame());
        assertTrue(violation.reason().contains("0x%02x".formatted(first)), violation.reason());
        assertEquals(0, in.position(), "nothing may be consumed");
    }

    @Test
    void givesUpWithoutWaitingForTheBodyThatTheGarbageSeemsToAnnounce() {
        byte[] request = "GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII);

        ProtocolViolation violation = violation(request);

        assertFalse(violation.inFrame());
    }

    @Test
    void needsAWholeHeaderBeforeItJudges() {
        assertEquals(new NeedMore(1), FrameDecoder.decode(ByteBuffer.wrap(bytes("47455420 2f2048"))));
        assertEquals(new NeedMore(8), FrameDecoder.decode(ByteBuffer.allocate(0)));
    }

    private static Frame frame(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Frame frame = assertInstanceOf(Frame.class, FrameDecoder.decode(in));
        assertEquals(0, in.remaining());
        return frame;
    }

    private static ProtocolViolation violation(byte[] bytes) {
        return assertInstanceOf(ProtocolViolation.class, FrameDecoder.decode(ByteBuffer.wrap(bytes)));
    }

    /** The violation is answered with FORMAT, and the next packet is read. */
    private static void assertMalformed(byte[] packet, String reason) {
        ByteBuffer in = ByteBuffer.wrap(concat(packet, PING.encode()));

        ProtocolViolation violation = assertInstanceOf(ProtocolViolation.class, FrameDecoder.decode(in));

        assertEquals(ErrorCode.FORMAT, violation.error());
        assertEquals(5, violation.id());
        assertTrue(violation.inFrame());
        assertTrue(violation.reason().startsWith(reason), violation.reason());
        assertEquals(PING, FrameDecoder.decode(in));
    }
}
