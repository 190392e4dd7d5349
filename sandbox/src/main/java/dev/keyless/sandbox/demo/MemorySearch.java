package dev.keyless.sandbox.demo;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for private keys in the memory of another process: for the secret number of each (a prime of an RSA key, the
 * scalar of an EC key) in the byte orders that DER, BoringSSL and Java's BigInteger keep it in. A way to show that
 * something is not there, so whoever uses it looks for something that must be there too. Linux only.
 */
final class MemorySearch {

    /** Enough of a secret to be sure that it is not there by chance. */
    private static final int LENGTH = 16;

    private static final int BLOCK = 1 << 20;

    private MemorySearch() {}

    /**
     * What was searched and found.
     *
     * @param bytes how much memory could be read
     * @param found the names of the keys that are in it
     */
    record Result(long bytes, Set<String> found) {

        Result {
            found = Set.copyOf(found);
        }
    }

    /** Searches for these keys, by name; empty where this machine does not let one process look into another. */
    static Optional<Result> search(long pid, Map<String, PrivateKey> keys) {
        Patterns patterns = new Patterns();
        keys.forEach((name, key) -> patterns.add(name, secret(key)));
        Path process = Path.of("/proc", String.valueOf(pid));
        try (RandomAccessFile memory =
                new RandomAccessFile(process.resolve("mem").toFile(), "r")) {
            long bytes = 0;
            for (String line : Files.readAllLines(process.resolve("maps"))) {
                if (line.contains(" rw")) bytes += searchRange(memory, line.substring(0, line.indexOf(' ')), patterns);
            }
            return bytes == 0 ? Optional.empty() : Optional.of(new Result(bytes, patterns.found));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static long searchRange(RandomAccessFile memory, String range, Patterns patterns) {
        int dash = range.indexOf('-');
        long at = Long.parseLong(range, 0, dash, 16);
        long end = Long.parseLong(range, dash + 1, range.length(), 16);
        byte[] block = new byte[BLOCK];
        long read = 0;
        try {
            // Blocks overlap, so that what lies across a border is found.
            for (; at < end; at += BLOCK - LENGTH) {
                memory.seek(at);
                int length = memory.read(block, 0, (int) Math.min(BLOCK, end - at));
                if (length < 0) break;
                patterns.match(block, length);
                read += length;
            }
        } catch (IOException e) {
            // A range that went away meanwhile, or belongs to a device.
        }
        return read;
    }

    private static BigInteger secret(PrivateKey key) {
        return switch (key) {
            case RSAPrivateCrtKey rsa -> rsa.getPrimeP();
            case ECPrivateKey ec -> ec.getS();
            default -> throw new IllegalArgumentException("cannot search for keys of kind " + key.getAlgorithm());
        };
    }

    /** The patterns, and which of them were seen. */
    private static final class Patterns {

        private record Pattern(String name, List<Byte> bytes) {}

        private final List<Pattern> all = new ArrayList<>();
        /** By the first two bytes, since nearly all memory fails at those. */
        private final boolean[] begins = new boolean[1 << 16];

        private final Set<String> found = new HashSet<>();

        void add(String name, BigInteger secret) {
            byte[] number = secret.toByteArray();
            // Aligned to the words of the number's end, where all forms agree.
            byte[] bigEndian = Arrays.copyOfRange(number, number.length - LENGTH, number.length);
            byte[] littleEndian = new byte[LENGTH];
            byte[] swappedWords = new byte[LENGTH];
            for (int i = 0; i < LENGTH; i++) {
                littleEndian[i] = bigEndian[LENGTH - 1 - i];
                swappedWords[i] = bigEndian[i ^ 3];
            }
            for (byte[] form : List.of(bigEndian, littleEndian, swappedWords)) {
                List<Byte> bytes = new ArrayList<>();
                for (byte b : form) bytes.add(b);
                all.add(new Pattern(name, List.copyOf(bytes)));
                begins[((form[0] & 0xFF) << 8) | (form[1] & 0xFF)] = true;
            }
        }

        void match(byte[] block, int length) {
            for (int at = 0; at <= length - LENGTH; at++) {
                if (!begins[((block[at] & 0xFF) << 8) | (block[at + 1] & 0xFF)]) continue;
                for (Pattern pattern : all) if (matches(pattern, block, at)) found.add(pattern.name());
            }
        }

        private static boolean matches(Pattern pattern, byte[] block, int at) {
            for (int i = 0; i < LENGTH; i++)
                if (block[at + i] != pattern.bytes().get(i)) return false;
            return true;
        }
    }
}
