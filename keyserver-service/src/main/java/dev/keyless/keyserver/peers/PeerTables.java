package dev.keyless.keyserver.peers;

import dev.keyless.keyserver.tls.PemFile;
import dev.keyless.protocol.Opcode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/** From configuration to the table of peers. */
public final class PeerTables {

    /** The name of the one peer that there is where none is configured. */
    private static final String ANYONE = "edge";

    private PeerTables() {}

    /**
     * Without any entry, everyone whom the client authorities vouch for may do everything, as with gokeyless.
     *
     * @throws dev.keyless.keyserver.tls.TlsFileException if a peer's authority cannot be read
     */
    public static PeerTable read(PeersConfig config) {
        if (config.peers().isEmpty()) {
            return PeerTable.everyone(new Peer(ANYONE, Set.of(Opcode.values()), Optional.empty()));
        }
        List<PeerTable.Entry> entries = new ArrayList<>();
        config.peers().forEach((name, peer) -> entries.add(entry(name, peer)));
        return new PeerTable(entries);
    }

    /** The authorities that the entries name, which the handshake has to trust too. */
    public static Collection<Path> authorities(PeersConfig config) {
        return config.peers().values().stream()
                .flatMap(peer -> peer.ca().stream())
                .toList();
    }

    private static PeerTable.Entry entry(String name, PeersConfig.PeerConfig config) {
        CertificateRule rule = new CertificateRule(
                config.ca().map(PemFile::certificates).map(Set::copyOf),
                config.sans().orElse(List.of()),
                config.subject().map(X500Principal::new));
        return new PeerTable.Entry(
                rule,
                new Peer(
                        name,
                        PeerOperations.union(config.operations()),
                        config.keys().map(Set::copyOf)));
    }
}
