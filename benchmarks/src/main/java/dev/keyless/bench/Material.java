package dev.keyless.bench;

import dev.keyless.protocol.Opcode;
import dev.keyless.protocol.Ski;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.Optional;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** Keys and certificates for one run, in a folder that only we can read and that is gone afterwards. */
final class Material implements AutoCloseable {

    private static final String AUTHORITY = "CN=Benchmark CA";

    private final Path folder;
    private final KeyPair authority = ec();
    private final TestedKey ecdsa;
    private final TestedKey rsa;
    private long serial = 1;

    private Material(Path folder) throws IOException {
        this.folder = folder;
        write("ca.pem", certificate("CN=Benchmark CA", authority, Optional.empty()));
        issue("server", KeyPurposeId.id_kp_serverAuth);
        issue("client", KeyPurposeId.id_kp_clientAuth);
        Files.createDirectory(keys());
        ecdsa = serve("ecdsa", ec(), Opcode.ECDSA_SIGN_SHA256);
        rsa = serve("rsa", rsa2048(), Opcode.RSA_PSS_SIGN_SHA256);
    }

    static Material make() {
        try {
            Material material = new Material(Files.createTempDirectory("keyless-bench"));
            Runtime.getRuntime().addShutdownHook(new Thread(material::close));
            return material;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write keys and certificates: " + e.getMessage(), e);
        }
    }

    /** For whatever else the run has to write. */
    Path folder() {
        return folder;
    }

    /** The folder with the two keys that the server is to serve. */
    Path keys() {
        return folder.resolve("keys");
    }

    Path serverCertificate() {
        return folder.resolve("server.pem");
    }

    Path serverKey() {
        return folder.resolve("server-key.pem");
    }

    ClientFiles client() {
        return new ClientFiles(
                folder.resolve("ca.pem"), folder.resolve("client.pem"), folder.resolve("client-key.pem"));
    }

    TestedKey ecdsa() {
        return ecdsa;
    }

    TestedKey rsa() {
        return rsa;
    }

    private void issue(String name, KeyPurposeId purpose) throws IOException {
        KeyPair pair = ec();
        write(name + ".pem", certificate("CN=" + name, pair, Optional.of(purpose)));
        writeKey(folder.resolve(name + "-key.pem"), pair);
    }

    private TestedKey serve(String name, KeyPair pair, Opcode opcode) throws IOException {
        writeKey(keys().resolve(name + ".key"), pair);
        return new TestedKey(opcode, Ski.of(pair.getPublic()), Optional.of(pair.getPublic()));
    }

    private void write(String name, Object thing) throws IOException {
        Files.writeString(folder.resolve(name), pem(thing));
    }

    private static void writeKey(Path file, KeyPair pair) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                file, pem(new PemObject("PRIVATE KEY", pair.getPrivate().getEncoded())));
    }

    private static String pem(Object thing) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter out = new JcaPEMWriter(text)) {
            out.writeObject(thing);
        }
        return text.toString();
    }

    /** Without a purpose it is the authority's own. */
    private X509CertificateHolder certificate(String subject, KeyPair pair, Optional<KeyPurposeId> purpose)
            throws IOException {
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Principal(AUTHORITY),
                BigInteger.valueOf(serial++),
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(Duration.ofDays(1))),
                new X500Principal(subject),
                pair.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(purpose.isEmpty()));
        if (purpose.isPresent()) {
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose.get()));
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.iPAddress, PackagedServers.LOOPBACK)));
        }
        try {
            return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(authority.getPrivate()));
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("every Java platform signs with ECDSA", e);
        }
    }

    private static KeyPair ec() {
        return pair("EC", 256);
    }

    private static KeyPair rsa2048() {
        return pair("RSA", 2048);
    }

    private static KeyPair pair(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform makes keys for " + algorithm, e);
        }
    }

    /** Also when the run is interrupted, and then while servers may still be writing there. */
    @Override
    public void close() {
        if (!Files.exists(folder)) return;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder + ": " + e.getMessage(), e);
        }
    }
}
