package dev.keyless.client;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** A CA that lives as long as a test class, and what it has issued. */
final class TestPki {

    private static long serial = 1;

    private final KeyPair key = ecKey();
    private final X509Certificate certificate;

    TestPki() {
        certificate = issue("CN=Test CA", "CN=Test CA", key, key, true);
    }

    /** A certificate and its key, both as PEM. */
    record Identity(X509Certificate certificate, KeyPair key) {

        byte[] certificatePem() {
            return pem(certificate);
        }

        /** As PKCS#8. */
        byte[] keyPem() {
            return pem(new PemObject("PRIVATE KEY", key.getPrivate().getEncoded()));
        }
    }

    byte[] caPem() {
        return pem(certificate);
    }

    /** Names that look like addresses become IP entries. */
    Identity issue(String commonName, String... names) {
        KeyPair own = ecKey();
        return new Identity(issue("CN=" + commonName, "CN=Test CA", own, key, false, names), own);
    }

    ClientTls clientTls() {
        return clientTls(issue("client"));
    }

    ClientTls clientTls(Identity identity) {
        return ClientTls.ofPem(caPem(), identity.certificatePem(), identity.keyPem());
    }

    static byte[] pem(Object thing) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter out = new JcaPEMWriter(text)) {
            out.writeObject(thing);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static KeyPair ecKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static synchronized X509Certificate issue(
            String subject, String issuer, KeyPair own, KeyPair signer, boolean ca, String... names) {
        Instant now = Instant.now();
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Principal(issuer),
                    BigInteger.valueOf(serial++),
                    Date.from(now.minus(Duration.ofHours(1))),
                    Date.from(now.plus(Duration.ofDays(1))),
                    new X500Principal(subject),
                    own.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
            if (names.length > 0) {
                GeneralName[] entries = Arrays.stream(names)
                        .map(name -> new GeneralName(
                                name.matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName, name))
                        .toArray(GeneralName[]::new);
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(entries));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
