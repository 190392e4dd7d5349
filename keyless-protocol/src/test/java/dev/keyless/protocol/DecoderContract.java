package dev.keyless.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What holds for any bytes whatever; the mutation test and the fuzzing both check it. An exception from the decoder,
 * or from a question put to what it returned, is a failure too.
 */
final class DecoderContract {

    private DecoderContract() {}

    /** Checks what comes of the first packet in these bytes, and returns it. */
    static Decoded check(byte[] data) {
        // A slice ends where the data ends: reading past it throws. Read-only: so does writing.
        ByteBuffer in = ByteBuffer.wrap(data).asReadOnlyBuffer();
        Decoded decoded = FrameDecoder.decode(in);
        assertEquals(data.length, in.limit(), "the limit is not the decoder's");

        switch (decoded) {
            case NeedMore(int missing) -> {
                assertEquals(0, in.position(), "consumed bytes of an incomplete packet");
                assertEquals(expectedLength(data) - data.length, missing);
                assertTrue(missing > 0);
            }
            case ProtocolViolation violation -> {
                assertEquals(data[0] >= 1 && data[0] < 16, violation.inFrame());
                assertEquals(violation.inFrame() ? expectedLength(data) : 0, in.position());
                assertEquals(ByteBuffer.wrap(data).getInt(4), violation.id());
                assertEquals(expectedError(violation, data[0]), violation.error());
            }
            case Frame frame -> {
                assertEquals(expectedLength(data), in.position(), "consumed more or less than the packet");
                checkFrame(frame, Arrays.copyOf(data, in.position()));
            }
        }
        return decoded;
    }

    private static ErrorCode expectedError(ProtocolViolation violation, int major) {
        return violation.inFrame() && major != 1 ? ErrorCode.VERSION_MISMATCH : ErrorCode.FORMAT;
    }

    private static void checkFrame(Frame frame, byte[] packet) {
        assertEquals(1, packet[0]);
        assertEquals(ByteBuffer.wrap(packet).getInt(4), frame.id());
        assertEquals(frame, FrameDecoder.decode(ByteBuffer.wrap(packet)), "what follows a packet must not matter");
        askEverything(frame);

        // Our own form of the packet may be longer by the padding only, and says the same.
        byte[] encoded = frame.encode();
        assertEquals(frame.encodedLength(), encoded.length);
        assertTrue(encoded.length <= Math.max(packet.length, Frame.PADDED_LENGTH + 2));
        Decoded again = FrameDecoder.decode(ByteBuffer.wrap(encoded));
        assertEquals(frame, again);
        assertEquals(frame.hashCode(), again.hashCode());
    }

    private static void askEverything(Frame frame) {
        frame.span()
                .ifPresent(span ->
                        assertEquals(span, SpanContext.parse(span.encode()).orElseThrow()));
        frame.ski().ifPresent(ski -> assertEquals(ski, Ski.parse(ski.hex())));
        frame.certificateDigest().ifPresent(digest -> assertEquals(digest, CertificateDigest.of(digest.bytes())));
        Opcode.find(frame.opcode()).ifPresent(opcode -> assertEquals(frame.opcode(), opcode.code()));
        frame.clientIp();
        frame.serverIp();
        frame.serverName();
        frame.certificateId();
        frame.customFunction();
        frame.requestContext();
        frame.complianceRegion();
        assertTrue(frame.payload().length + frame.extra().length <= Frame.MAX_BODY_LENGTH);
        assertTrue(frame.toString().length() < 120);
    }

    /** Of the header while that is incomplete, else of the packet as its header says. */
    private static int expectedLength(byte[] data) {
        return data.length < 8 ? 8 : 8 + ((data[2] & 0xFF) << 8 | (data[3] & 0xFF));
    }
}
