package dev.keyless.client.cli;

import dev.keyless.client.RemoteSigner;
import dev.keyless.protocol.Opcode;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Takes our names, gokeyless's and Java's, in any case. */
final class OpcodeConverter implements ITypeConverter<Opcode> {

    @Override
    public Opcode convert(String text) {
        return Arrays.stream(Opcode.values())
                .filter(RemoteSigner::signs)
                .filter(opcode -> opcode.name().equalsIgnoreCase(text.replace('-', '_'))
                        || opcode.wireName().equalsIgnoreCase(text))
                .findFirst()
                .or(() -> RemoteSigner.opcodeFor(text))
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is no signing operation; there are "
                        + Arrays.stream(Opcode.values())
                                .filter(RemoteSigner::signs)
                                .map(Opcode::name)
                                .collect(Collectors.joining(", "))));
    }
}
