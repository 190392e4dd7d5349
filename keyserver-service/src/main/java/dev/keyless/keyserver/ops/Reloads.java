package dev.keyless.keyserver.ops;

import static dev.keyless.keyserver.ops.KeyserverLog.LOG;

import dev.keyless.keyserver.keys.KeyInfo;
import dev.keyless.keyserver.keys.LiveKeys;
import dev.keyless.keyserver.keys.ServedKey;
import dev.keyless.keyserver.reload.Reloadable;
import dev.keyless.keyserver.reload.Reloader;
import dev.keyless.keyserver.tls.ServerTls;
import dev.keyless.protocol.Ski;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells operators what was read, what changed, and what is wrong with it. Runs on the reloading thread. */
final class Reloads implements Reloader.Listener {

    private static final Duration EXPIRY_WARNING = Duration.ofDays(30);

    private final Metrics metrics;
    private final CertificateExpiry expiry;
    private final Runnable rereadPeers;
    private Set<Ski> before = Set.of();
    private Set<String> told = Set.of();

    /** @param rereadPeers the table of peers names files, too; they are read when the TLS identity is */
    Reloads(Metrics metrics, CertificateExpiry expiry, Runnable rereadPeers) {
        this.metrics = metrics;
        this.expiry = expiry;
        this.rereadPeers = rereadPeers;
    }

    @Override
    public void reloaded(Reloadable target) {
        if (target instanceof LiveKeys keys) {
            metrics.reloaded(target.name(), keys.problems().isEmpty());
            keysRead(keys);
        } else if (target instanceof ServerTls tls) {
            metrics.reloaded(target.name(), tls.problem().isEmpty());
            tlsRead(tls);
        }
    }

    @Override
    public void failed(Reloadable target, Throwable cause) {
        metrics.reloaded(target.name(), false);
        LOG.reloadFailed(target.name(), cause.toString());
    }

    /** Says what has changed since the last time; each problem once, as long as it stays the same. */
    void keysRead(LiveKeys keys) {
        Set<Ski> now = keys.current().keys().stream()
                .map(ServedKey::info)
                .map(KeyInfo::ski)
                .collect(Collectors.toSet());
        LOG.keysRead(now.size(), without(now, before), without(before, now));
        before = now;
        keys.problems().stream().filter(problem -> !told.contains(problem)).forEach(LOG::keyProblem);
        keys.warnings().stream().filter(warning -> !told.contains(warning)).forEach(LOG::keyWarning);
        told = new HashSet<>(keys.problems());
        told.addAll(keys.warnings());
    }

    void tlsRead(ServerTls tls) {
        if (tls.problem().isPresent()) {
            LOG.tlsReloadFailed(tls.problem().get());
            return;
        }
        rereadPeers.run();
        ServerTls.Identity identity = tls.identity();
        expiry.own(identity);
        X509Certificate certificate = identity.chain().getFirst();
        LOG.tlsRead(
                certificate.getSubjectX500Principal().getName(),
                certificate.getNotAfter().toInstant(),
                identity.clientAuthorities().size());
        warnOfExpiry(identity.files().certificate().toString(), identity.chain());
        warnOfExpiry(identity.files().clientAuthorities().toString(), identity.clientAuthorities());
    }

    private static void warnOfExpiry(String source, List<X509Certificate> certificates) {
        Instant soon = Instant.now().plus(EXPIRY_WARNING);
        for (X509Certificate certificate : certificates) {
            Instant end = certificate.getNotAfter().toInstant();
            if (end.isBefore(soon)) {
                LOG.certificateExpires(
                        source, end, certificate.getSubjectX500Principal().getName());
            }
        }
    }

    private static int without(Set<Ski> some, Set<Ski> others) {
        return (int) some.stream().filter(ski -> !others.contains(ski)).count();
    }
}
