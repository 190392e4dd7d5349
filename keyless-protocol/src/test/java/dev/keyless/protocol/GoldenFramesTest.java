package dev.keyless.protocol;

import static dev.keyless.protocol.Bytes.concat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.keyless.protocol.GoldenFrames.Golden;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenFramesTest {

    static final String ALL = "dev.keyless.protocol.GoldenFrames#all";

    @ParameterizedTest(name = "{0}")
    @MethodSource(ALL)
    void encodesToTheGoldenBytes(Golden golden) {
        byte[] encoded = golden.frame().encode();

        assertArrayEquals(golden.bytes(), encoded);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(ALL)
    void saysItsEncodedLength(Golden golden) {
        assertEquals(golden.bytes().length, golden.frame().encodedLength());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(ALL)
    void decodesTheGoldenBytes(Golden golden) {
        ByteBuffer in = ByteBuffer.wrap(golden.bytes());

        Decoded decoded = FrameDecoder.decode(in);

        assertEquals(golden.frame(), decoded);
        assertEquals(0, in.remaining());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(ALL)
    void decodesFromADirectBufferInTheMiddleOfOtherBytes(Golden golden) {
        byte[] bytes = golden.bytes();
        ByteBuffer in = ByteBuffer.allocateDirect(bytes.length + 20);
        in.position(13).put(bytes).flip().position(13);

        Decoded decoded = FrameDecoder.decode(in.asReadOnlyBuffer());

        assertEquals(golden.frame(), decoded);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(ALL)
    void asksForExactlyTheMissingBytesWhereverItIsSplit(Golden golden) {
        byte[] bytes = golden.bytes();

        for (int split = 0; split < bytes.length; split++) {
            ByteBuffer in = ByteBuffer.wrap(bytes, 0, split);

            Decoded decoded = FrameDecoder.decode(in);

            int missing = split < Frame.HEADER_LENGTH ? Frame.HEADER_LENGTH - split : bytes.length - split;
            assertEquals(new NeedMore(missing), decoded);
            assertEquals(0, in.position(), "nothing may be consumed yet");

            in.limit(bytes.length);

            assertEquals(golden.frame(), FrameDecoder.decode(in));
            assertEquals(bytes.length, in.position());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(ALL)
    void readsTwoPacketsBackToBackOneAtATime(Golden golden) {
        Frame second = Frame.error(42, ErrorCode.INTERNAL);
        ByteBuffer in = ByteBuffer.wrap(concat(golden.bytes(), second.encode()));

        assertEquals(golden.frame(), FrameDecoder.decode(in));
        assertEquals(golden.bytes().length, in.position());
        assertEquals(second, FrameDecoder.decode(in));
        assertEquals(new NeedMore(Frame.HEADER_LENGTH), FrameDecoder.decode(in));
    }

    @Test
    void thereIsOneForEveryOpcodeEveryTagAndEveryErrorCode() {
        Set<Integer> opcodes = new HashSet<>();
        Set<Integer> errors = new HashSet<>();
        Set<Integer> tags = new HashSet<>();
        for (Golden golden : GoldenFrames.ALL) {
            opcodes.add(golden.frame().opcode());
            if (golden.frame().opcode() == 0xFF) errors.add((int) golden.frame().payload()[0]);
            ByteBuffer in = ByteBuffer.wrap(golden.bytes()).position(Frame.HEADER_LENGTH);
            while (in.hasRemaining()) {
                tags.add(in.get() & 0xFF);
                in.position(in.position() + 2 + (in.getShort(in.position()) & 0xFFFF));
            }
        }

        for (Opcode opcode : Opcode.values()) assertTrue(opcodes.contains(opcode.code()), opcode.wireName());
        for (Tag tag : Tag.VALUES) assertTrue(tags.contains(tag.code), tag.name());
        for (ErrorCode error : ErrorCode.values()) {
            assertEquals(error != ErrorCode.NONE, errors.contains(error.code()), error.name());
        }
    }
}
