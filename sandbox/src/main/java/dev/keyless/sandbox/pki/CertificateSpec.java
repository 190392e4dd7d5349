package dev.keyless.sandbox.pki;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a certificate is to say. Begin with {@link #server} or {@link #client}: a P-256 key, valid from an hour ago for 90
 * days, and the one usage that the role needs. Immutable; each method returns a changed copy.
 *
 * @param commonName the subject; need not be a host name
 * @param names subject alternative names: host names, wildcards and IP addresses
 */
public record CertificateSpec(
        String commonName, List<String> names, KeyKind key, Set<Usage> usages, Instant notBefore, Instant notAfter) {

    /** Extended key usages (RFC 5280, section 4.2.1.12). */
    public enum Usage {
        SERVER,
        CLIENT
    }

    private static final Duration LIFETIME = Duration.ofDays(90);
    /** Clocks differ. */
    private static final Duration HEAD_START = Duration.ofHours(1);

    public CertificateSpec {
        names = List.copyOf(names);
        usages = Set.copyOf(usages);
        if (!notBefore.isBefore(notAfter)) {
            throw new IllegalArgumentException(
                    "a certificate that ends (" + notAfter + ") before it begins (" + notBefore + ")");
        }
    }

    /** For a TLS server; the first name is the subject too. */
    public static CertificateSpec server(String... names) {
        return of(names[0], List.of(names), Usage.SERVER);
    }

    /** For a TLS client. */
    public static CertificateSpec client(String commonName) {
        return of(commonName, List.of(), Usage.CLIENT);
    }

    private static CertificateSpec of(String commonName, List<String> names, Usage usage) {
        Instant from = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(HEAD_START);
        return new CertificateSpec(commonName, names, KeyKind.P256, Set.of(usage), from, from.plus(LIFETIME));
    }

    public CertificateSpec with(KeyKind newKey) {
        return new CertificateSpec(commonName, names, newKey, usages, notBefore, notAfter);
    }

    public CertificateSpec withNames(String... newNames) {
        return new CertificateSpec(commonName, List.of(newNames), key, usages, notBefore, notAfter);
    }

    /** Without any argument: a certificate that has no extended key usage extension at all. */
    public CertificateSpec withUsages(Usage... newUsages) {
        EnumSet<Usage> set = EnumSet.noneOf(Usage.class);
        set.addAll(List.of(newUsages));
        return new CertificateSpec(commonName, names, key, set, notBefore, notAfter);
    }

    public CertificateSpec withValidity(Instant from, Instant to) {
        return new CertificateSpec(commonName, names, key, usages, from, to);
    }

    /** Ended an hour ago. */
    public CertificateSpec expired() {
        return withValidity(notBefore.minus(LIFETIME), notBefore);
    }

    /** Begins tomorrow. */
    public CertificateSpec notYetValid() {
        return withValidity(notBefore.plus(Duration.ofDays(1)), notAfter.plus(Duration.ofDays(1)));
    }
}
