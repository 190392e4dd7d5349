package dev.keyless.protocol;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** Hexadecimal for people: spaces and {@code |} where they help, {@code 00*3} for 00 00 00. */
final class Bytes {

    private Bytes() {}

    static byte[] bytes(String hex) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String word : hex.replace('|', ' ').trim().split("\\s+")) {
            String[] parts = word.split("\\*");
            byte[] data = HexFormat.of().parseHex(parts[0]);
            int times = parts.length == 1 ? 1 : Integer.parseInt(parts[1]);
            for (int i = 0; i < times; i++) out.writeBytes(data);
        }
        return out.toByteArray();
    }

    /** A packet around a body of its own making; for what our encoder would never write. */
    static byte[] packet(int id, String body) {
        byte[] data = bytes(body);
        return bytes(
                "0100 %04x %08x ".formatted(data.length, id) + HexFormat.of().formatHex(data));
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) out.writeBytes(part);
        return out.toByteArray();
    }
}
