package dev.keyless.keyserver.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.keyless.keyserver.tls.TlsConfig;
import dev.keyless.protocol.Frame;
import dev.keyless.protocol.Opcode;
import dev.keyless.sandbox.pki.CertificateAuthority;
import dev.keyless.sandbox.pki.CertificateSpec;
import dev.keyless.sandbox.pki.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The server's certificate and its client authorities change while connections go on. */
class TlsReloadIT {

    @TempDir
    Path folder;

    private final TestKeys.Quick key = new TestKeys.Quick();

    @ParameterizedTest
    @EnumSource(names = {"OPENSSL", "JDK"})
    void showsTheNewCertificateToNewConnectionsAndKeepsTheOldOnesOpen(TlsConfig.Engine engine) throws Exception {
        try (ListenerFixture server =
                        ListenerFixture.Setup.in(folder).with(engine).start(key);
                Wire old = server.connect()) {
            Certificate before = presentedTo(old);
            X509Certificate next = server.writeServerIdentity();

            assertFalse(server.tls.refresh(), "files that have just changed may still be changing");
            assertTrue(server.tls.refresh());

            try (Wire fresh = server.connect()) {
                assertEquals(next, presentedTo(fresh));
                assertPings(fresh);
            }
            assertPings(old);
            assertEquals(before, presentedTo(old));
            assertFalse(server.tls.refresh());
        }
    }

    @Test
    void believesANewAuthorityAndTheOldOneNoMore() throws Exception {
        try (ListenerFixture server = ListenerFixture.Setup.in(folder).start(key);
                Wire old = server.connect()) {
            CertificateAuthority next = CertificateAuthority.create("next client CA");
            Identity theirs = next.issue(CertificateSpec.client("edge"));
            next.writeRoot(folder.resolve("ca.pem"));

            server.tls.reload();

            try (Wire fresh = server.connect(theirs, "TLSv1.3")) {
                assertPings(fresh);
            }
            assertThrows(IOException.class, () -> {
                try (Wire refused = server.connect()) {
                    assertPings(refused);
                }
            });
            assertPings(old);
        }
    }

    @Test
    void keepsWhatItHasWhenTheNewFilesAreBrokenAndSaysWhatIsWrong() throws Exception {
        try (ListenerFixture server = ListenerFixture.Setup.in(folder).start(key)) {
            X509Certificate before = server.tls.identity().chain().getFirst();
            Files.writeString(folder.resolve("server.pem"), "not a certificate");

            server.tls.reload();

            assertTrue(server.tls.problem().orElse("").contains("server.pem holds no certificate"));
            try (Wire fresh = server.connect()) {
                assertEquals(before, presentedTo(fresh));
            }

            server.writeServerIdentity();
            server.tls.reload();
            assertEquals(Optional.empty(), server.tls.problem());
        }
    }

    @Test
    void refusesACertificateWithSomebodyElsesKey() throws Exception {
        try (ListenerFixture server = ListenerFixture.Setup.in(folder).start(key)) {
            server.authority.issue(CertificateSpec.server("localhost")).writeKey(folder.resolve("server-key.pem"));

            server.tls.reload();

            assertTrue(server.tls.problem().orElse("").contains("is not the one of the first certificate"));
        }
    }

    private static Certificate presentedTo(Wire peer) throws IOException {
        return peer.socket().getSession().getPeerCertificates()[0];
    }

    private static void assertPings(Wire peer) throws IOException {
        assertEquals(
                Opcode.PONG.code(),
                peer.exchange(Frame.request(Opcode.PING).build(1)).opcode());
    }
}
