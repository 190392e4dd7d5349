package dev.keyless.sandbox.edge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All sites of an edge at one moment, with their TLS contexts. */
final class Sites {

    private final List<Site> all;
    private final Map<String, Served> byName = new HashMap<>();

    /** @throws IllegalArgumentException if a name belongs to two sites, or TLS cannot use a certificate */
    Sites(List<Site> sites, EdgeMetrics metrics) {
        this.all = List.copyOf(sites);
        for (Site site : all) {
            Served served = new Served(
                    site,
                    site.certificates().stream()
                            .map(certificate -> new SiteContext(site, certificate, metrics))
                            .toList());
            for (String name : site.names()) {
                if (byName.putIfAbsent(name, served) != null) {
                    throw new IllegalArgumentException("two sites have the name " + name);
                }
            }
        }
    }

    private record Served(Site site, List<SiteContext> contexts) {}

    List<Site> all() {
        return all;
    }

    /** The site that serves this host name (lower case); an exact name goes before a wildcard. */
    Optional<Site> find(String host) {
        return findServed(host).map(Served::site);
    }

    /**
     * The certificate to show. Where the visitor can use none of the site's, the first: BoringSSL then finds the words
     * to say so.
     */
    Optional<SiteContext> choose(ClientHello hello) {
        return hello.serverName()
                .flatMap(this::findServed)
                .map(found -> found.contexts().stream()
                        .filter(context -> context.kind().suits(hello))
                        .findFirst()
                        .orElseGet(found.contexts()::getFirst));
    }

    private Optional<Served> findServed(String host) {
        int dot = host.indexOf('.');
        return Optional.ofNullable(byName.get(host))
                .or(() -> dot < 1 ? Optional.empty() : Optional.ofNullable(byName.get("*" + host.substring(dot))));
    }
}
