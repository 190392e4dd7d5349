package dev.keyless.protocol;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What the fuzzing of the profile {@code fuzz} runs: bytes off the wire, read packet by packet as a connection does it,
 * each held against the {@link DecoderContract}.
 */
public final class DecoderFuzzer {

    private DecoderFuzzer() {}

    /** Called by Jazzer, which looks for this name. Anything thrown is a finding. */
    public static void fuzzerTestOneInput(byte[] data) {
        byte[] rest = data;
        boolean inFrame = true;
        while (inFrame) {
            inFrame = switch (DecoderContract.check(rest)) {
                case NeedMore _ -> false;
                case ProtocolViolation violation -> violation.inFrame();
                case Frame _ -> true;
            };
            if (inFrame) rest = Arrays.copyOfRange(rest, packetLength(rest), rest.length);
        }
    }

    /**
     * Writes the golden frames into the folder named first, as they are and without their padding: short inputs are
     * mutated better. The folder named second is for the corpus, and must be there before Jazzer starts.
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        Files.createDirectories(Path.of(arguments[1]));
        int number = 0;
        for (GoldenFrames.Golden golden : GoldenFrames.ALL) {
            byte[] packet = golden.bytes();
            Files.write(folder.resolve("golden-%02d".formatted(number)), packet);
            Files.write(folder.resolve("golden-%02d-unpadded".formatted(number)), withoutPadding(packet));
            number++;
        }
    }

    private static byte[] withoutPadding(byte[] packet) {
        ByteBuffer in = ByteBuffer.wrap(packet);
        int at = Frame.HEADER_LENGTH;
        while (at < packet.length && packet[at] != Tag.PADDING.code) at += 3 + (in.getShort(at + 1) & 0xFFFF);
        return ByteBuffer.wrap(Arrays.copyOf(packet, at))
                .putShort(2, (short) (at - Frame.HEADER_LENGTH))
                .array();
    }

    private static int packetLength(byte[] packet) {
        return Frame.HEADER_LENGTH + (ByteBuffer.wrap(packet).getShort(2) & 0xFFFF);
    }
}
