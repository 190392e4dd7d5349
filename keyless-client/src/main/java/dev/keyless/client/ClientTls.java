package dev.keyless.client;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Whom the client trusts and who it is. The server's certificate must chain to one of the CAs and name the host that was
 * asked for (RFC 9525), or {@link #withServerName another name} where the address is not in the certificate.
 *
 * <p>Immutable. Holds a private key: it prints nothing of it.
 */
public final class ClientTls {

    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PRIVATE_KEY = "PRIVATE KEY";

    private final Buffer authorities;
    private final Buffer certificates;
    private final Buffer key;
    private final Optional<String> serverName;

    private ClientTls(Buffer authorities, Buffer certificates, Buffer key, Optional<String> serverName) {
        this.authorities = authorities;
        this.certificates = certificates;
        this.key = key;
        this.serverName = serverName;
    }

    /**
     * Reads three PEM files.
     *
     * @param ca certificates of the CAs that may have issued a server's certificate
     * @param certificate the client's own certificate, then the intermediate ones if there are any
     * @param key the private key to it, not encrypted: PKCS#8, PKCS#1 or SEC 1
     * @throws IllegalArgumentException if a file holds something else
     * @throws UncheckedIOException if a file cannot be read
     */
    public static ClientTls ofPem(Path ca, Path certificate, Path key) {
        return of(
                requirePem(read(ca), ca.toString(), CERTIFICATE),
                requirePem(read(certificate), certificate.toString(), CERTIFICATE),
                requirePem(read(key), key.toString(), PRIVATE_KEY));
    }

    /** As {@link #ofPem(Path, Path, Path)} from memory; the arrays are copied. */
    public static ClientTls ofPem(byte[] ca, byte[] certificate, byte[] key) {
        return of(
                requirePem(Buffer.buffer(ca), "the CA's PEM text", CERTIFICATE),
                requirePem(Buffer.buffer(certificate), "the certificate's PEM text", CERTIFICATE),
                requirePem(Buffer.buffer(key), "the key's PEM text", PRIVATE_KEY));
    }

    /** The same, but the server's certificate must have this name, whatever the address; it is also what SNI says. */
    public ClientTls withServerName(String name) {
        if (name.isEmpty()) throw new IllegalArgumentException("a server name cannot be empty");
        return new ClientTls(authorities, certificates, key, Optional.of(name));
    }

    Optional<String> serverName() {
        return serverName;
    }

    NetClientOptions apply(NetClientOptions options) {
        if (OpenSSLEngineOptions.isAvailable()) options.setSslEngineOptions(new OpenSSLEngineOptions());
        return options.setSsl(true)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"))
                .setHostnameVerificationAlgorithm("HTTPS")
                .setTrustOptions(new PemTrustOptions().addCertValue(authorities))
                .setKeyCertOptions(
                        new PemKeyCertOptions().addCertValue(certificates).addKeyValue(key));
    }

    private static ClientTls of(Buffer ca, Buffer certificate, Buffer key) {
        return new ClientTls(ca, certificate, key, Optional.empty());
    }

    private static Buffer read(Path file) {
        try {
            return Buffer.buffer(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new UncheckedIOException("there is no file " + file, e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** The commonest mistake is to name the one file where the other belongs; that deserves better than a parser's message. */
    private static Buffer requirePem(Buffer pem, String where, String expected) {
        String text = pem.toString(StandardCharsets.US_ASCII);
        boolean encrypted = text.contains("ENCRYPTED PRIVATE KEY-----");
        if (text.contains(expected + "-----") && !(encrypted && expected.equals(PRIVATE_KEY))) return pem;
        String found = "no PEM block";
        if (encrypted) found = "an encrypted private key";
        else if (text.contains(PRIVATE_KEY + "-----")) found = "a private key";
        else if (text.contains(CERTIFICATE + "-----")) found = "a certificate";
        String wanted = expected.equals(CERTIFICATE) ? "a certificate" : "an unencrypted private key";
        throw new IllegalArgumentException(where + ": found " + found + ", expected " + wanted + " in PEM form");
    }

    /** Nothing but the name. */
    @Override
    public String toString() {
        return "ClientTls" + serverName.map(name -> "[serverName=" + name + "]").orElse("");
    }
}
