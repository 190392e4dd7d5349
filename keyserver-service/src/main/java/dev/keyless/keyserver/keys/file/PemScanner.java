package dev.keyless.keyserver.keys.file;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Finds the PEM blocks (RFC 7468) in a file, whatever stands around them and however its lines end. */
final class PemScanner {

    private static final byte[] BEGIN = "-----BEGIN ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "-----END ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DASHES = "-----".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ENCRYPTED_HEADER = "Proc-Type: 4,ENCRYPTED".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_LABEL = 64;

    private final byte[] file;
    private int at;

    private PemScanner(byte[] file) {
        this.file = file;
    }

    /** What stands between a BEGIN line and its END line. */
    sealed interface Block {}

    /** Holds what may be a private key: close it. */
    static final class Decoded implements Block, AutoCloseable {

        private final String label;
        private final byte[] der;

        private Decoded(String label, byte[] der) {
            this.label = label;
            this.der = der;
        }

        String label() {
            return label;
        }

        /** Wiped when this is closed. */
        byte[] der() {
            return der;
        }

        @Override
        public void close() {
            Arrays.fill(der, (byte) 0);
        }
    }

    /** Encrypted in the way of RFC 1421, as old versions of OpenSSL did. */
    record Encrypted(String label) implements Block {}

    /** @param fault what is wrong with it */
    record Damaged(String label, String fault) implements Block {}

    /** All blocks in their order; empty if there is no BEGIN line. */
    static List<Block> scan(byte[] file) {
        PemScanner scanner = new PemScanner(file);
        List<Block> blocks = new ArrayList<>();
        while (scanner.toNextBegin()) blocks.add(scanner.block());
        return blocks;
    }

    private boolean toNextBegin() {
        at = indexOf(BEGIN, at, file.length);
        if (at < 0) return false;
        at += BEGIN.length;
        return true;
    }

    private Block block() {
        int labelEnd = indexOf(DASHES, at, Math.min(file.length, at + LONGEST_LABEL + DASHES.length));
        if (labelEnd < 0) return new Damaged("", "has a BEGIN line that does not end");
        String label = label(at, labelEnd);
        int bodyStart = labelEnd + DASHES.length;
        int nextBegin = indexOf(BEGIN, bodyStart, file.length);
        int bodyEnd = indexOf(END, bodyStart, nextBegin < 0 ? file.length : nextBegin);
        if (bodyEnd < 0) {
            at = bodyStart;
            return new Damaged(label, "has no END line");
        }
        at = bodyEnd + END.length;
        return indexOf(ENCRYPTED_HEADER, bodyStart, bodyEnd) >= 0
                ? new Encrypted(label)
                : decode(label, bodyStart, bodyEnd);
    }

    private Block decode(String label, int from, int to) {
        byte[] base64 = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            if (!isSpace(file[i])) base64[length++] = file[i];
        }
        byte[] exact = Arrays.copyOf(base64, length);
        try {
            return new Decoded(label, Base64.getDecoder().decode(exact));
        } catch (IllegalArgumentException e) {
            return new Damaged(label, "is no Base64");
        } finally {
            Arrays.fill(base64, (byte) 0);
            Arrays.fill(exact, (byte) 0);
        }
    }

    /** The label is the file's text and goes into messages: anything but capitals, digits and spaces is left out. */
    private String label(int from, int to) {
        return new String(file, from, to - from, StandardCharsets.US_ASCII).replaceAll("[^A-Z0-9 ]", "");
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }

    private int indexOf(byte[] pattern, int from, int to) {
        for (int i = from; i <= to - pattern.length; i++) {
            if (Arrays.equals(file, i, i + pattern.length, pattern, 0, pattern.length)) return i;
        }
        return -1;
    }
}
