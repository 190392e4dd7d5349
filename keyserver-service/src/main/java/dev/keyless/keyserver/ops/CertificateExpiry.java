package dev.keyless.keyserver.ops;

import dev.keyless.keyserver.tls.ServerTls;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * When the certificates that are in use here expire: gokeyless's gauge, with its labels. Those of clients are added as
 * they connect, the latest of each subject, and bounded in number, since a client chooses how often to come with a new
 * one.
 */
final class CertificateExpiry {

    private static final int MAX_CLIENTS = 64;
    private static final int DNS = 2;
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

    private final MultiGauge gauge;
    private final Map<String, MultiGauge.Row<?>> own = new LinkedHashMap<>();
    private final Map<String, MultiGauge.Row<?>> clients = new LinkedHashMap<>();

    CertificateExpiry(MeterRegistry registry) {
        gauge = MultiGauge.builder("certificate_expiration_timestamp_seconds")
                .description("End of validity of a certificate, in seconds since 1970")
                .register(registry);
    }

    /** The server's certificate and its client authorities, in place of those before. */
    synchronized void own(ServerTls.Identity identity) {
        own.clear();
        identity.chain()
                .forEach(it ->
                        own.put(key(it), row(it, identity.files().certificate().toString())));
        String authorities = identity.files().clientAuthorities().stream()
                .map(Object::toString)
                .collect(Collectors.joining(","));
        identity.clientAuthorities().forEach(it -> own.put(key(it), row(it, authorities)));
        publish();
    }

    /** What a client has come with. */
    void client(List<X509Certificate> chain) {
        for (X509Certificate certificate : chain) client(certificate);
    }

    private synchronized void client(X509Certificate certificate) {
        String key = certificate.getIssuerX500Principal() + "/" + certificate.getSubjectX500Principal();
        MultiGauge.Row<?> row = row(certificate, "listener");
        if (row.equals(clients.get(key))) return;
        if (clients.size() >= MAX_CLIENTS && !clients.containsKey(key)) {
            clients.remove(clients.keySet().iterator().next());
        }
        clients.put(key, row);
        publish();
    }

    private void publish() {
        gauge.register(
                Stream.concat(own.values().stream(), clients.values().stream()).toList(), true);
    }

    private static String key(X509Certificate certificate) {
        return certificate.getIssuerX500Principal() + "/" + certificate.getSerialNumber();
    }

    private static MultiGauge.Row<?> row(X509Certificate certificate, String source) {
        Tags tags = Tags.of(
                "source", source,
                "serial_no", certificate.getSerialNumber().toString(),
                "cn", commonName(certificate),
                "hostnames", hostNames(certificate),
                "ca", flag(certificate.getBasicConstraints() >= 0),
                "server", flag(has(certificate, SERVER_AUTH)),
                "client", flag(has(certificate, CLIENT_AUTH)));
        return MultiGauge.Row.of(tags, certificate.getNotAfter().getTime() / 1000.0);
    }

    private static String flag(boolean value) {
        return value ? "1" : "0";
    }

    private static boolean has(X509Certificate certificate, String usage) {
        try {
            Collection<String> usages = certificate.getExtendedKeyUsage();
            return usages != null && usages.contains(usage);
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    private static String commonName(X509Certificate certificate) {
        String name = certificate.getSubjectX500Principal().getName();
        return Text.safe(Stream.of(name.split(","))
                .filter(part -> part.startsWith("CN="))
                .map(part -> part.substring(3))
                .findFirst()
                .orElse(""));
    }

    private static String hostNames(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (names == null) return "";
            return Text.safe(names.stream()
                    .filter(name -> (Integer) name.get(0) == DNS)
                    .map(name -> name.get(1).toString())
                    .sorted()
                    .collect(Collectors.joining(",")));
        } catch (CertificateParsingException e) {
            return "";
        }
    }
}
