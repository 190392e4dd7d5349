package dev.keyless.protocol;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Frames with any combination of items, small and large ones, from a source of randomness. */
final class RandomFrames {

    private final RandomGenerator random;

    RandomFrames(RandomGenerator random) {
        this.random = random;
    }

    Frame next() {
        Opcode[] opcodes = Opcode.values();
        Frame.Builder builder = Frame.request(opcodes[random.nextInt(opcodes.length)]);
        if (random.nextInt(10) == 0) builder.opcode(random.nextInt(256));
        if (random.nextBoolean()) builder.payload(bytes(length()));
        if (random.nextInt(3) == 0) builder.extra(bytes(random.nextInt(1200)));
        if (random.nextBoolean()) builder.ski(Ski.of(bytes(20)));
        if (random.nextInt(3) == 0) builder.certificateDigest(CertificateDigest.of(bytes(32)));
        if (random.nextInt(3) == 0) builder.clientIp(address());
        if (random.nextInt(3) == 0) builder.serverIp(address());
        if (random.nextInt(3) == 0) builder.serverName(text(random.nextInt(60)));
        if (random.nextInt(5) == 0) builder.certificateId(text(random.nextInt(40)));
        if (random.nextInt(5) == 0) builder.customFunction(text(random.nextInt(20)));
        if (random.nextInt(3) == 0) builder.span(span());
        if (random.nextInt(5) == 0) builder.requestContext("{\"request_id\":\"" + text(10) + "\"}");
        if (random.nextInt(5) == 0) builder.complianceRegion(random.nextInt(256));
        return builder.build(random.nextInt());
    }

    SpanContext span() {
        Map<String, String> baggage = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) baggage.put(text(random.nextInt(20)), text(random.nextInt(50)));
        return new SpanContext(
                random.nextLong(),
                random.nextLong() | 1,
                random.nextLong() | 1,
                random.nextLong(),
                random.nextInt(256),
                baggage);
    }

    /** Mostly the sizes of digests and signatures, at times about the padded length, at times as much as ever fits. */
    private int length() {
        return switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> random.nextInt(950, 1050);
            case 2 -> random.nextInt(60_000);
            default -> random.nextInt(520);
        };
    }

    private InetAddress address() {
        try {
            return InetAddress.getByAddress(bytes(random.nextBoolean() ? 4 : 16));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 and 16 bytes are addresses", e);
        }
    }

    /** Characters of one to three bytes. */
    private String text(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) text.append("az09.-\u00fc\u00df\u20ac\u4e2d".charAt(random.nextInt(10)));
        return text.toString();
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
