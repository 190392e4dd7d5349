package dev.keyless.sandbox.edge;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names that are served with the same certificates.
 *
 * @param names host names, and wildcards such as {@code *.example.test}; lower case after construction
 * @param certificates one per kind of key, the preferred one first: the first that the visitor can use is shown
 */
public record Site(Set<String> names, List<SiteCertificate> certificates) {

    public Site {
        names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        certificates = List.copyOf(certificates);
        if (names.isEmpty()) throw new IllegalArgumentException("a site without a name");
        if (certificates.isEmpty()) throw new IllegalArgumentException("a site without a certificate: " + names);
    }
}
