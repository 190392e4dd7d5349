package dev.keyless.keyserver.keys;

import dev.keyless.protocol.CertificateDigest;
import dev.keyless.protocol.Frame;
import dev.keyless.protocol.Ski;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An immutable set of keys with its indexes. Where two keys have the same SKI, the later one counts. */
public final class KeyRing {

    private static final KeyRing EMPTY = new KeyRing(List.of());

    private final List<ServedKey> keys;
    private final Map<Ski, ServedKey> bySki = new LinkedHashMap<>();
    private final Map<CertificateDigest, ServedKey> byDigest = new HashMap<>();
    private final Map<String, List<ServedKey>> byName = new HashMap<>();

    private KeyRing(Collection<? extends ServedKey> keys) {
        for (ServedKey key : keys) bySki.put(key.info().ski(), key);
        this.keys = List.copyOf(bySki.values());
        for (ServedKey key : this.keys) {
            key.info().certificateDigest().ifPresent(digest -> byDigest.put(digest, key));
            for (String name : key.info().names()) {
                byName.computeIfAbsent(name, ignored -> new ArrayList<>(1)).add(key);
            }
        }
    }

    public static KeyRing empty() {
        return EMPTY;
    }

    public static KeyRing of(Collection<? extends ServedKey> keys) {
        return new KeyRing(keys);
    }

    public Collection<ServedKey> keys() {
        return keys;
    }

    public int size() {
        return bySki.size();
    }

    public Optional<ServedKey> find(Ski ski) {
        return Optional.ofNullable(bySki.get(ski));
    }

    /**
     * The key that a request means. A SKI decides alone. Without one, the certificate digest does (as in the C key
     * server), else the server name, else the server's address, and these two only if exactly one key has it.
     */
    public Optional<ServedKey> find(Frame request) {
        Optional<Ski> ski = request.ski();
        if (ski.isPresent()) return find(ski.get());
        Optional<CertificateDigest> digest = request.certificateDigest();
        if (digest.isPresent()) return Optional.ofNullable(byDigest.get(digest.get()));
        Optional<String> name = request.serverName();
        if (name.isPresent()) return byServerName(name.get());
        return request.serverIp().map(InetAddress::getHostAddress).flatMap(this::only);
    }

    /** Whether a request says anything by which {@link #find(Frame)} could choose a key. */
    public static boolean identifiesKey(Frame request) {
        return request.ski().isPresent()
                || request.certificateDigest().isPresent()
                || request.serverName().isPresent()
                || request.serverIp().isPresent();
    }

    /** The exact name goes before the wildcard that covers it (RFC 6125, section 6.4.3: the left-most label only). */
    private Optional<ServedKey> byServerName(String serverName) {
        String name = serverName.toLowerCase(Locale.ROOT);
        if (byName.containsKey(name)) return only(name);
        int dot = name.indexOf('.');
        return dot < 1 ? Optional.empty() : only("*" + name.substring(dot));
    }

    private Optional<ServedKey> only(String name) {
        List<ServedKey> keys = byName.getOrDefault(name, List.of());
        return keys.size() == 1 ? Optional.of(keys.getFirst()) : Optional.empty();
    }
}
