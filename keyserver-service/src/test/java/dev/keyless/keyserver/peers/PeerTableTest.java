package dev.keyless.keyserver.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.keyless.protocol.Opcode;
import dev.keyless.sandbox.pki.CertificateAuthority;
import dev.keyless.sandbox.pki.CertificateSpec;
import dev.keyless.sandbox.pki.Identity;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;

class PeerTableTest {

    private final CertificateAuthority edges = CertificateAuthority.create("edges");
    private final CertificateAuthority internal = CertificateAuthority.create("internal");
    private final Identity edge = edges.issue(CertificateSpec.client("edge"));
    private final Identity certs =
            internal.issue(CertificateSpec.client("cert-service").withNames("certs.example.test", "10.1.2.3"));

    @Test
    void tellsPeersApartByTheirAuthority() {
        PeerTable table = table(entry("edge", by(edges)), entry("certs", by(internal)));

        assertPeer("edge", table, edge);
        assertPeer("certs", table, certs);
    }

    @Test
    void findsTheAuthorityBehindAnIntermediateOne() {
        Identity behind = edges.intermediate("regional").issue(CertificateSpec.client("edge 7"));

        assertPeer("edge", table(entry("certs", by(internal)), entry("edge", by(edges))), behind);
    }

    @Test
    void knowsAPeerByItsAlternativeNames() {
        assertPeer("x", table(entry("x", named("certs.example.test"))), certs);
        assertPeer("x", table(entry("x", named("*.EXAMPLE.test"))), certs);
        assertPeer("x", table(entry("x", named("10.1.2.3"))), certs);
        assertNobody(table(entry("x", named("*.test"))), certs);
        assertNobody(table(entry("x", named("other.example.test"))), certs);
        assertNobody(table(entry("x", named("edge"))), edge);
    }

    @Test
    void knowsAPeerByItsSubjectOrByItsCommonName() {
        assertPeer("x", table(entry("x", subject("CN=edge"))), edge);
        assertNobody(table(entry("x", subject("CN=edge2"))), edge);
    }

    @Test
    void wantsEverythingThatARuleNames() {
        CertificateRule rule =
                new CertificateRule(Optional.of(Set.of(edges.root())), List.of("certs.example.test"), Optional.empty());

        assertNobody(table(entry("x", rule)), certs);
        assertNobody(table(entry("x", rule)), edge);
    }

    @Test
    void isNotFooledByAnAuthorityOfTheSameName() {
        CertificateAuthority impostor = CertificateAuthority.create("internal");

        assertNobody(table(entry("certs", by(internal))), impostor.issue(CertificateSpec.client("cert-service")));
    }

    @Test
    void takesTheEntryThatAsksForMostWhateverTheirOrder() {
        PeerTable.Entry anyone = entry("anyone", new CertificateRule(Optional.empty(), List.of(), Optional.empty()));
        PeerTable.Entry internals = entry("internals", by(internal));
        PeerTable.Entry exact = entry(
                "exact",
                new CertificateRule(
                        Optional.of(Set.of(internal.root())), List.of("certs.example.test"), Optional.empty()));

        assertPeer("exact", table(anyone, internals, exact), certs);
        assertPeer("exact", table(exact, internals, anyone), certs);
        assertPeer("anyone", table(exact, internals, anyone), edge);
    }

    @Test
    void takesNeitherOfTwoThatAskForAsMuch() {
        assertNobody(table(entry("a", by(internal)), entry("b", named("certs.example.test"))), certs);
    }

    private static CertificateRule by(CertificateAuthority authority) {
        return new CertificateRule(Optional.of(Set.of(authority.root())), List.of(), Optional.empty());
    }

    private static CertificateRule named(String name) {
        return new CertificateRule(Optional.empty(), List.of(name), Optional.empty());
    }

    private static CertificateRule subject(String name) {
        return new CertificateRule(Optional.empty(), List.of(), Optional.of(new X500Principal(name)));
    }

    private static PeerTable.Entry entry(String name, CertificateRule rule) {
        return new PeerTable.Entry(rule, new Peer(name, Set.of(Opcode.PING), Optional.empty()));
    }

    private static PeerTable table(PeerTable.Entry... entries) {
        return new PeerTable(List.of(entries));
    }

    private static void assertPeer(String name, PeerTable table, Identity identity) {
        List<X509Certificate> chain = identity.chain();
        assertEquals(Optional.of(name), table.identify(chain).map(Peer::name));
    }

    private static void assertNobody(PeerTable table, Identity identity) {
        assertEquals(Optional.empty(), table.identify(identity.chain()).map(Peer::name));
    }
}
