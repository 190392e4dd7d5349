package dev.keyless.keyserver.peers;

import dev.keyless.protocol.Ski;
import io.quarkus.arc.Unremovable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who may connect and what each may do. Without any entry every client whose certificate leads to {@code
 * keyserver.tls.client-ca} may do everything, as with gokeyless; with entries, who matches none of them may do nothing, and
 * who matches several is the one that asks for most (ca, sans, subject), or nobody where two ask for as much.
 */
@Unremovable
@ConfigMapping(prefix = "keyserver")
public interface PeersConfig {

    /** The peers by name; the name appears in logs and metrics. */
    Map<String, PeerConfig> peers();

    /** How to know one peer (all that is given must match) and what it may do. */
    interface PeerConfig {

        /**
         * PEM file with the certificate authority that the peer's certificate must lead to; absent: any of {@code
         * keyserver.tls.client-ca}. Relative to the working directory.
         */
        Optional<Path> ca();

        /**
         * Subject alternative names of which the peer's certificate must have one: DNS names, URIs or IP addresses, exact,
         * or DNS names with {@code *} for the left-most label.
         */
        Optional<List<String>> sans();

        /** The certificate's subject: a distinguished name (RFC 2253), or {@code CN=...} alone for its common name. */
        Optional<@DistinguishedName String> subject();

        /**
         * What the peer may ask for: the groups {@code all}, {@code sign}, {@code decrypt}, {@code ping}, {@code seal}, or
         * operations by name, separated by commas. Anything else is answered with error 0x05 (bad opcode).
         */
        @WithDefault("all")
        Set<@WithConverter(PeerOperations.Converter.class) PeerOperations> operations();

        /**
         * The keys that the peer may use, by SKI (40 hexadecimal digits), separated by commas; absent: all. For other keys
         * it hears error 0x02 (key not found).
         */
        Optional<Set<@WithConverter(SkiConverter.class) Ski>> keys();
    }
}
