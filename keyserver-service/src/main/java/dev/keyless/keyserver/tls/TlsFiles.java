package dev.keyless.keyserver.tls;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the server's TLS identity is read from, all PEM.
 *
 * @param certificate the server's certificate, then any intermediate ones
 * @param key its private key
 * @param clientAuthorities one or more certificates of authorities whose clients may connect
 */
public record TlsFiles(Path certificate, Path key, List<Path> clientAuthorities) {

    public TlsFiles {
        if (clientAuthorities.isEmpty()) throw new IllegalArgumentException("no file with a client CA is named");
        clientAuthorities = List.copyOf(clientAuthorities);
    }

    /** @param more authorities beside those that all clients may have */
    public static TlsFiles of(TlsConfig config, Collection<Path> more) {
        List<Path> authorities = Stream.concat(config.clientCa().stream(), more.stream())
                .distinct()
                .toList();
        return new TlsFiles(config.certificate(), config.key(), authorities);
    }

    List<Path> all() {
        return Stream.concat(Stream.of(certificate, key), clientAuthorities.stream())
                .toList();
    }
}
