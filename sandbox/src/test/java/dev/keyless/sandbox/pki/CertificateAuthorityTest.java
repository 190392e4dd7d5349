package dev.keyless.sandbox.pki;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.keyless.sandbox.pki.CertificateSpec.Usage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CertificateAuthorityTest {

    private static final int IP_ADDRESS = 7;
    private static final int DNS_NAME = 2;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(KeyKind.class)
    void issuesAChainThatVerifiesUpToTheRoot(KeyKind kind) throws Exception {
        CertificateAuthority ca = CertificateAuthority.create("root", kind).intermediate("intermediate");

        Identity identity = ca.issue(CertificateSpec.server("www.example.test").with(kind));

        assertEquals(2, identity.chain().size());
        verify(identity, ca);
        assertThrows(
                CertPathValidatorException.class, () -> verify(identity, CertificateAuthority.create("another root")));
    }

    @Test
    void namesAndUsagesAreThoseAskedFor() throws Exception {
        CertificateAuthority ca = CertificateAuthority.create("root");

        Identity server = ca.issue(CertificateSpec.server("*.example.test", "127.0.0.1"));
        Identity client = ca.issue(CertificateSpec.client("edge"));
        Identity neither = ca.issue(CertificateSpec.client("edge").withUsages());

        assertEquals(
                Set.of(List.of(DNS_NAME, "*.example.test"), List.of(IP_ADDRESS, "127.0.0.1")),
                Set.copyOf(server.certificate().getSubjectAlternativeNames()));
        assertEquals(List.of("1.3.6.1.5.5.7.3.1"), server.certificate().getExtendedKeyUsage());
        assertEquals(List.of("1.3.6.1.5.5.7.3.2"), client.certificate().getExtendedKeyUsage());
        assertNull(neither.certificate().getExtendedKeyUsage());
        assertEquals(
                2,
                ca.issue(CertificateSpec.client("edge").withUsages(Usage.SERVER, Usage.CLIENT))
                        .certificate()
                        .getExtendedKeyUsage()
                        .size());
    }

    @Test
    void makesCertificatesThatAreNotValidNow() {
        CertificateAuthority ca = CertificateAuthority.create("root");
        CertificateSpec spec = CertificateSpec.server("www.example.test");

        Identity expired = ca.issue(spec.expired());
        Identity tomorrows = ca.issue(spec.notYetValid());

        assertThrows(CertificateExpiredException.class, expired.certificate()::checkValidity);
        assertThrows(CertificateNotYetValidException.class, tomorrows.certificate()::checkValidity);
    }

    @Test
    void theSkiIsTheOneInTheCertificate() {
        Identity identity = CertificateAuthority.create("root").issue(CertificateSpec.server("www.example.test"));
        byte[] extension = identity.certificate().getExtensionValue("2.5.29.14");

        byte[] identifier = SubjectKeyIdentifier.getInstance(
                        ASN1OctetString.getInstance(extension).getOctets())
                .getKeyIdentifier();

        assertArrayEquals(identifier, identity.ski().bytes());
    }

    @Test
    void writesPemFilesThatAreReadBackWithTheKeyForItsOwnerOnly() throws Exception {
        Identity identity = CertificateAuthority.create("root")
                .intermediate("intermediate")
                .issue(CertificateSpec.server("www.example.test"));
        Path chain = folder.resolve("new/chain.pem");
        Path key = folder.resolve("new/www.key");
        Files.createDirectories(key.resolveSibling("."));
        Files.writeString(key, "what was there before");

        identity.writeChain(chain);
        identity.writeKey(key);

        assertEquals(identity.chain(), Pem.readCertificates(chain));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
        assertTrue(fits(identity, key));
        try (var files = Files.list(folder.resolve("new"))) {
            assertEquals(2, files.count());
        }
    }

    @Test
    void aFileWithoutACertificateIsRefusedByItsName() throws Exception {
        Path file = Files.writeString(folder.resolve("empty.pem"), "");

        var failure = assertThrows(IllegalArgumentException.class, () -> Pem.readCertificates(file));

        assertTrue(failure.getMessage().contains("empty.pem"), failure.getMessage());
    }

    @Test
    void anIdentityPrintsNothingOfItsKey() {
        Identity identity = CertificateAuthority.create("root").issue(CertificateSpec.client("edge"));

        assertEquals("CN=edge " + identity.ski(), identity.toString());
        assertFalse(identity.toString().contains("PRIVATE"));
    }

    private static void verify(Identity identity, CertificateAuthority ca) throws Exception {
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(ca.root(), null)));
        parameters.setRevocationEnabled(false);
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(identity.chain()), parameters);
    }

    /** Whether what one signs with the key in the file is right by the certificate. */
    private static boolean fits(Identity identity, Path file) throws Exception {
        byte[] der = Base64.getMimeDecoder().decode(Files.readString(file).replaceAll("-----.*-----", ""));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der)));
        byte[] made = signature.sign();
        signature.initVerify(identity.certificate());
        return signature.verify(made);
    }
}
