package dev.keyless.keyserver.peers;

import dev.keyless.protocol.Opcode;
import dev.keyless.protocol.Scheme;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One word of a peer's {@code operations}: a single operation, or a group of them by its name.
 *
 * @param opcodes what the word stands for
 */
public record PeerOperations(Set<Opcode> opcodes) {

    public PeerOperations {
        opcodes = Set.copyOf(opcodes);
    }

    /** Reads a word, in any case. */
    public static Optional<PeerOperations> find(String word) {
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "all" -> Optional.of(of(EnumSet.complementOf(EnumSet.of(Scheme.REPLY))));
            case "sign" -> Optional.of(of(EnumSet.of(Scheme.RSA_PKCS1, Scheme.RSA_PSS, Scheme.ECDSA, Scheme.ED25519)));
            case "decrypt" -> Optional.of(of(EnumSet.of(Scheme.RSA_DECRYPT)));
            case "ping" -> Optional.of(of(EnumSet.of(Scheme.PING)));
            case "seal" -> Optional.of(of(EnumSet.of(Scheme.SEAL, Scheme.UNSEAL)));
            default -> OpcodeConverter.find(word).map(Set::of).map(PeerOperations::new);
        };
    }

    /** Everything that these words stand for together. */
    public static Set<Opcode> union(Collection<PeerOperations> words) {
        return words.stream().flatMap(w -> w.opcodes.stream()).collect(Collectors.toUnmodifiableSet());
    }

    private static PeerOperations of(Set<Scheme> schemes) {
        return new PeerOperations(Arrays.stream(Opcode.values())
                .filter(o -> schemes.contains(o.scheme()))
                .collect(Collectors.toSet()));
    }

    /** For the configuration. */
    public static final class Converter implements org.eclipse.microprofile.config.spi.Converter<PeerOperations> {

        @Override
        public PeerOperations convert(String word) {
            return find(word)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "expected all, sign, decrypt, ping, seal or the name of an operation such as"
                                    + " OpRSASignSHA256, got " + word));
        }
    }
}
