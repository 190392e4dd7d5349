package dev.keyless.keyserver.peers;

import dev.keyless.protocol.Ski;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads a SKI: 40 hexadecimal digits, colons or spaces between them allowed, as openssl prints it. */
public final class SkiConverter implements Converter<Ski> {

    @Override
    public Ski convert(String text) {
        try {
            return Ski.parse(text.replace(":", "").replace(" ", ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("expected a SKI of 40 hexadecimal digits, got " + text, e);
        }
    }
}
