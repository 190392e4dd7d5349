package dev.keyless.client.cli;

import dev.keyless.protocol.Ski;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

final class SkiConverter implements ITypeConverter<Ski> {

    @Override
    public Ski convert(String text) {
        try {
            return Ski.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
