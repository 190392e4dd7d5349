package dev.keyless.sandbox.pki;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/** A certificate authority with its key in memory: a root, or an intermediate below one. */
public final class CertificateAuthority {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration LIFETIME = Duration.ofDays(365);

    private final KeyKind kind;
    private final PrivateKey key;

    /** This authority first, then those above it, the root included. */
    private final List<X509Certificate> path;

    private CertificateAuthority(KeyKind kind, PrivateKey key, List<X509Certificate> path) {
        this.kind = kind;
        this.key = key;
        this.path = path;
    }

    /** A root with a P-256 key. */
    public static CertificateAuthority create(String commonName) {
        return create(commonName, KeyKind.P256);
    }

    /** A root. */
    public static CertificateAuthority create(String commonName, KeyKind kind) {
        KeyPair pair = kind.generate();
        X500Name name = name(commonName);
        X509Certificate root = sign(authority(name, name, pair.getPublic(), pair.getPublic()), kind, pair.getPrivate());
        return new CertificateAuthority(kind, pair.getPrivate(), List.of(root));
    }

    /** An authority that this one vouches for; what it issues comes with its certificate in the chain. */
    public CertificateAuthority intermediate(String commonName) {
        KeyPair pair = kind.generate();
        X509Certificate certificate = sign(
                authority(
                        subject(),
                        name(commonName),
                        pair.getPublic(),
                        certificate().getPublicKey()),
                kind,
                key);
        List<X509Certificate> longer = new ArrayList<>();
        longer.add(certificate);
        longer.addAll(path);
        return new CertificateAuthority(kind, pair.getPrivate(), List.copyOf(longer));
    }

    /** Makes a key pair and a certificate for it. */
    public Identity issue(CertificateSpec spec) {
        KeyPair pair = spec.key().generate();
        return new Identity(pair.getPrivate(), issue(spec, pair.getPublic()));
    }

    /** A certificate for a key that is somewhere else, then the intermediates, without the root. */
    public List<X509Certificate> issue(CertificateSpec spec, PublicKey publicKey) {
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(sign(leaf(spec, publicKey), kind, key));
        chain.addAll(path.subList(0, path.size() - 1));
        return List.copyOf(chain);
    }

    /** This authority's own certificate. */
    public X509Certificate certificate() {
        return path.getFirst();
    }

    /** What a peer has to trust. */
    public X509Certificate root() {
        return path.getLast();
    }

    /** Writes the certificate that a peer has to trust, as PEM. */
    public void writeRoot(Path file) {
        Pem.writeCertificates(file, List.of(root()));
    }

    private X500Name subject() {
        return X500Name.getInstance(certificate().getSubjectX500Principal().getEncoded());
    }

    private static X509v3CertificateBuilder authority(
            X500Name issuer, X500Name subject, PublicKey publicKey, PublicKey issuerKey) {
        Instant from = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(1));
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer, serialNumber(), Date.from(from), Date.from(from.plus(LIFETIME)), subject, publicKey);
        add(builder, Extension.basicConstraints, true, new BasicConstraints(true));
        add(builder, Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        identifiers(builder, publicKey, issuerKey);
        return builder;
    }

    private X509v3CertificateBuilder leaf(CertificateSpec spec, PublicKey publicKey) {
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                subject(),
                serialNumber(),
                Date.from(spec.notBefore()),
                Date.from(spec.notAfter()),
                name(spec.commonName()),
                publicKey);
        add(builder, Extension.basicConstraints, true, new BasicConstraints(false));
        add(builder, Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        if (!spec.usages().isEmpty()) add(builder, Extension.extendedKeyUsage, false, usages(spec));
        if (!spec.names().isEmpty()) add(builder, Extension.subjectAlternativeName, false, names(spec));
        identifiers(builder, publicKey, certificate().getPublicKey());
        return builder;
    }

    private static void identifiers(X509v3CertificateBuilder builder, PublicKey publicKey, PublicKey issuerKey) {
        try {
            JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
            add(builder, Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(publicKey));
            add(builder, Extension.authorityKeyIdentifier, false, extensions.createAuthorityKeyIdentifier(issuerKey));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    private static ExtendedKeyUsage usages(CertificateSpec spec) {
        KeyPurposeId[] ids = spec.usages().stream()
                .sorted()
                .map(usage -> switch (usage) {
                    case SERVER -> KeyPurposeId.id_kp_serverAuth;
                    case CLIENT -> KeyPurposeId.id_kp_clientAuth;
                })
                .toArray(KeyPurposeId[]::new);
        return new ExtendedKeyUsage(ids);
    }

    private static GeneralNames names(CertificateSpec spec) {
        GeneralName[] names = spec.names().stream()
                .map(name ->
                        new GeneralName(IPAddress.isValid(name) ? GeneralName.iPAddress : GeneralName.dNSName, name))
                .toArray(GeneralName[]::new);
        return new GeneralNames(names);
    }

    private static void add(
            X509v3CertificateBuilder builder,
            org.bouncycastle.asn1.ASN1ObjectIdentifier id,
            boolean critical,
            org.bouncycastle.asn1.ASN1Encodable value) {
        try {
            builder.addExtension(id, critical, value);
        } catch (CertIOException e) {
            throw new IllegalStateException("cannot encode extension " + id, e);
        }
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, KeyKind kind, PrivateKey key) {
        try {
            var signer = new JcaContentSignerBuilder(kind.signatureAlgorithm()).build(key);
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign a certificate with " + kind, e);
        }
    }

    private static X500Name name(String commonName) {
        return new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
    }

    private static BigInteger serialNumber() {
        return new BigInteger(127, RANDOM).setBit(0);
    }
}
