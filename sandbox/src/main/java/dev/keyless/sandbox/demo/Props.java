package dev.keyless.sandbox.demo;

import dev.keyless.sandbox.pki.CertificateAuthority;
import dev.keyless.sandbox.pki.CertificateSpec;
import dev.keyless.sandbox.pki.Identity;
import dev.keyless.sandbox.pki.KeyKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The demo's files, new each time:
 *
 * <pre>
 * site-ca.pem            the CA that visitors trust
 * keys/                  the site's private keys, for the key servers alone
 * keyserver-1/, -2/      a key server's certificate and key for mutual TLS, its configuration, its log
 * edge/                  all that the edge gets: the site's certificates, its own identity for mutual TLS
 * visitor/               OpenSSL settings that make curl a visitor who knows RSA only
 * endpoints.json         where everything is
 * </pre>
 */
final class Props {

    static final String HOST = "www.example.test";
    static final String CERTIFICATE = "identity.pem";
    static final String KEY = "identity-key.pem";
    static final String KEYLESS_CA = "keyless-ca.pem";
    static final String ECDSA_CHAIN = "www-ecdsa.pem";
    static final String RSA_CHAIN = "www-rsa.pem";

    /** Says that the folder is one that may be deleted. */
    private static final String MARK = ".keyless-sandbox";

    private static final int KEY_SERVERS = 2;

    private final Path folder;
    private final Identity ecdsa;
    private final Identity rsa;
    private final Identity edge;

    private Props(Path folder, Identity ecdsa, Identity rsa, Identity edge) {
        this.folder = folder;
        this.ecdsa = ecdsa;
        this.rsa = rsa;
        this.edge = edge;
    }

    /** Makes CAs, keys and certificates, and writes them down. What an earlier run left in the folder is deleted. */
    static Props make(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        empty(absolute);
        CertificateAuthority siteCa = CertificateAuthority.create("Sandbox site CA");
        CertificateAuthority keylessCa = CertificateAuthority.create("Sandbox keyless CA");
        CertificateSpec site = CertificateSpec.server(HOST);
        Props props = new Props(
                absolute,
                siteCa.issue(site.with(KeyKind.P256)),
                siteCa.issue(site.with(KeyKind.RSA_2048)),
                keylessCa.issue(CertificateSpec.client("edge")));
        props.write(siteCa, keylessCa);
        return props;
    }

    private void write(CertificateAuthority siteCa, CertificateAuthority keylessCa) {
        siteCa.writeRoot(siteCa());
        ecdsa.writeKey(keys().resolve("www-ecdsa.key"));
        rsa.writeKey(keys().resolve("www-rsa.key"));
        ecdsa.writeChain(edgeFolder().resolve(ECDSA_CHAIN));
        rsa.writeChain(edgeFolder().resolve(RSA_CHAIN));
        writeIdentity(edgeFolder(), edge, keylessCa);
        for (Path keyServer : keyServerFolders()) {
            writeIdentity(keyServer, keylessCa.issue(CertificateSpec.server("localhost", "127.0.0.1")), keylessCa);
        }
        try {
            Files.createDirectories(rsaOnly().resolveSibling("."));
            Files.writeString(rsaOnly(), """
                    # A visitor who knows no ECDSA: OPENSSL_CONF=this-file curl ...
                    openssl_conf = visitor
                    [visitor]
                    ssl_conf = tls
                    [tls]
                    system_default = defaults
                    [defaults]
                    SignatureAlgorithms = RSA-PSS+SHA256:RSA+SHA256
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + rsaOnly() + ": " + e.getMessage(), e);
        }
    }

    private static void writeIdentity(Path folder, Identity identity, CertificateAuthority ca) {
        identity.writeChain(folder.resolve(CERTIFICATE));
        identity.writeKey(folder.resolve(KEY));
        ca.writeRoot(folder.resolve(KEYLESS_CA));
    }

    Path folder() {
        return folder;
    }

    Path siteCa() {
        return folder.resolve("site-ca.pem");
    }

    Path keys() {
        return folder.resolve("keys");
    }

    Path edgeFolder() {
        return folder.resolve("edge");
    }

    Path edgeConfiguration() {
        return edgeFolder().resolve("edge.json");
    }

    List<Path> keyServerFolders() {
        return IntStream.rangeClosed(1, KEY_SERVERS)
                .mapToObj(number -> folder.resolve("keyserver-" + number))
                .toList();
    }

    Path rsaOnly() {
        return folder.resolve("visitor").resolve("rsa-only.cnf");
    }

    Path endpoints() {
        return folder.resolve("endpoints.json");
    }

    /** The site's certificate for visitors who can do ECDSA, with its key. */
    Identity ecdsa() {
        return ecdsa;
    }

    /** The site's certificate for the others, with its key. */
    Identity rsa() {
        return rsa;
    }

    /** Who the edge is to the key servers. */
    Identity edge() {
        return edge;
    }

    private static void empty(Path folder) {
        Path mark = folder.resolve(MARK);
        try {
            if (Files.exists(folder)) {
                if (!Files.exists(mark) && !isEmpty(folder)) {
                    throw new IllegalArgumentException(
                            folder + " holds something that the demo did not make; name another folder");
                }
                delete(folder);
            }
            Files.createDirectories(folder);
            Files.createFile(mark);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + folder + " anew: " + e.getMessage(), e);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null) throw failure;
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
