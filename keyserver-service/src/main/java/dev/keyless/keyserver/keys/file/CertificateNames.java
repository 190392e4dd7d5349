package dev.keyless.keyserver.keys.file;

import dev.keyless.protocol.Ski;
import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The names in certificates, by the key that they belong to. */
final class CertificateNames {

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private final Map<Ski, Set<String>> names = new HashMap<>();

    /** A certificate that cannot be understood names nothing. */
    void add(X509Certificate certificate) {
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives == null) return;
            Set<String> ofKey = names.computeIfAbsent(Ski.of(certificate.getPublicKey()), ignored -> new HashSet<>());
            for (List<?> alternative : alternatives) {
                int type = (Integer) alternative.get(0);
                if (type == DNS_NAME) ofKey.add(((String) alternative.get(1)).toLowerCase(Locale.ROOT));
                if (type == IP_ADDRESS) ofKey.add(address((String) alternative.get(1)));
            }
        } catch (CertificateParsingException | IllegalArgumentException e) {
            return;
        }
    }

    void addAll(CertificateNames other) {
        other.names.forEach((ski, more) ->
                names.computeIfAbsent(ski, ignored -> new HashSet<>()).addAll(more));
    }

    Set<String> of(Ski ski) {
        return names.getOrDefault(ski, Set.of());
    }

    /** In the spelling by which a request's address is looked up. */
    private static String address(String text) {
        return InetAddress.ofLiteral(text).getHostAddress();
    }
}
