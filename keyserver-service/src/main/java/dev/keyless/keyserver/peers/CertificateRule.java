package dev.keyless.keyserver.peers;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/**
 * What a client certificate must be like. Everything that is given must fit; a rule that gives nothing fits every
 * certificate.
 *
 * @param authorities one of these has issued it, directly or through the intermediate certificates that the client sent
 * @param names one of these is among its subject alternative names: DNS name, URI or IP address; a DNS name may begin
 *     with {@code *.} for exactly one label
 * @param subject its subject's distinguished name, or one part of it, such as the common name
 */
public record CertificateRule(
        Optional<Set<X509Certificate>> authorities, List<String> names, Optional<X500Principal> subject) {

    private static final int DNS = 2;
    private static final int URI = 6;
    private static final int IP = 7;

    public CertificateRule {
        authorities = authorities.map(Set::copyOf);
        names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    /** How many things it asks for, 0 to 3. */
    int criteria() {
        return (authorities.isPresent() ? 1 : 0) + (names.isEmpty() ? 0 : 1) + (subject.isPresent() ? 1 : 0);
    }

    boolean fits(List<X509Certificate> chain) {
        X509Certificate certificate = chain.getFirst();
        return (subject.isEmpty() || isSubject(subject.get(), certificate.getSubjectX500Principal()))
                && (names.isEmpty() || hasName(certificate))
                && (authorities.isEmpty() || issuedBy(authorities.get(), chain));
    }

    private static boolean isSubject(X500Principal wanted, X500Principal found) {
        if (wanted.equals(found)) return true;
        try {
            List<Rdn> parts = new LdapName(wanted.getName()).getRdns();
            return parts.size() == 1 && new LdapName(found.getName()).getRdns().contains(parts.getFirst());
        } catch (InvalidNameException e) {
            return false;
        }
    }

    private boolean hasName(X509Certificate certificate) {
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives == null) return false;
            return alternatives.stream().anyMatch(alternative -> switch ((Integer) alternative.get(0)) {
                case DNS -> hasDnsName(alternative.get(1).toString().toLowerCase(Locale.ROOT));
                case URI, IP -> names.contains(alternative.get(1).toString().toLowerCase(Locale.ROOT));
                default -> false;
            });
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    private boolean hasDnsName(String name) {
        int dot = name.indexOf('.');
        return names.contains(name) || (dot > 0 && names.contains("*" + name.substring(dot)));
    }

    private static boolean issuedBy(Set<X509Certificate> authorities, List<X509Certificate> chain) {
        Set<TrustAnchor> anchors = authorities.stream()
                .map(authority -> new TrustAnchor(authority, null))
                .collect(Collectors.toSet());
        List<X509Certificate> path = chain.stream()
                .filter(certificate -> !authorities.contains(certificate))
                .toList();
        if (path.isEmpty()) return true;
        try {
            PKIXParameters parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
