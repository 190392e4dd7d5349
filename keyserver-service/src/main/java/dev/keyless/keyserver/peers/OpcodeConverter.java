package dev.keyless.keyserver.peers;

import dev.keyless.protocol.Opcode;
import dev.keyless.protocol.Scheme;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads the name of an operation that a client can ask for: gokeyless's or ours, in any case. */
public final class OpcodeConverter implements Converter<Opcode> {

    @Override
    public Opcode convert(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException("expected one of "
                        + Arrays.stream(Opcode.values())
                                .filter(OpcodeConverter::canBeAskedFor)
                                .map(Opcode::wireName)
                                .collect(Collectors.joining(", "))
                        + ", got " + name));
    }

    /** The operation of this name, if there is one. */
    public static Optional<Opcode> find(String name) {
        String wanted = name.strip();
        return Arrays.stream(Opcode.values())
                .filter(OpcodeConverter::canBeAskedFor)
                .filter(o -> o.wireName().equalsIgnoreCase(wanted) || o.name().equalsIgnoreCase(wanted))
                .findFirst();
    }

    private static boolean canBeAskedFor(Opcode opcode) {
        return opcode.scheme() != Scheme.REPLY;
    }
}
