package dev.keyless.client.cli;

import dev.keyless.client.ServerAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

final class AddressConverter implements ITypeConverter<ServerAddress> {

    @Override
    public ServerAddress convert(String text) {
        try {
            return ServerAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
