package dev.keyless.keyserver.peers;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Which client certificate is which peer. */
public final class PeerTable {

    private final List<Entry> entries;

    /**
     * Of the entries that a certificate fits, the one that asks most of it decides: authority, names, subject. Where two ask
     * as much of it, it is nobody's.
     */
    public PeerTable(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** A table with one peer: everyone whom the client authorities vouch for. */
    public static PeerTable everyone(Peer peer) {
        return new PeerTable(
                List.of(new Entry(new CertificateRule(Optional.empty(), List.of(), Optional.empty()), peer)));
    }

    /** Certificates that the rule fits are this peer's. */
    public record Entry(CertificateRule rule, Peer peer) {}

    /**
     * The peer with this certificate; empty if it is nobody's.
     *
     * @param chain what the client sent, its own certificate first; verified against the client authorities
     */
    public Optional<Peer> identify(List<X509Certificate> chain) {
        List<Entry> fitting =
                entries.stream().filter(entry -> entry.rule().fits(chain)).toList();
        int most = fitting.stream()
                .mapToInt(entry -> entry.rule().criteria())
                .max()
                .orElse(0);
        List<Entry> best = fitting.stream()
                .filter(entry -> entry.rule().criteria() == most)
                .toList();
        return best.size() == 1 ? Optional.of(best.getFirst().peer()) : Optional.empty();
    }
}
