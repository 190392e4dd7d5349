package dev.keyless.keyserver.ops;

import static dev.keyless.keyserver.ops.KeyserverLog.LOG;

import dev.keyless.keyserver.keys.LiveKeys;
import dev.keyless.keyserver.keys.crypto.CryptoChoice;
import dev.keyless.keyserver.keys.crypto.CryptoProvider;
import dev.keyless.keyserver.keys.stores.KeyStores;
import dev.keyless.keyserver.keys.stores.StoreEntry;
import dev.keyless.keyserver.net.Listener;
import dev.keyless.keyserver.peers.PeerTable;
import dev.keyless.keyserver.peers.PeerTables;
import dev.keyless.keyserver.reload.Reloader;
import dev.keyless.keyserver.signing.RequestPolicy;
import dev.keyless.keyserver.signing.Sealer;
import dev.keyless.keyserver.signing.SigningPool;
import dev.keyless.keyserver.tls.ServerTls;
import dev.keyless.keyserver.tls.TlsFiles;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** Puts the server together from its configuration when the process starts, and stops it when the process ends. */
@Singleton
class Assembly {

    private final Settings settings;
    private final Vertx vertx;
    private final MeterRegistry registry;
    private final Instance<Tracer> tracer;
    private final InstantSource clock = InstantSource.system();
    private volatile Optional<Keyserver> keyserver = Optional.empty();

    Assembly(Settings settings, Vertx vertx, MeterRegistry registry, Instance<Tracer> tracer) {
        this.settings = settings;
        this.vertx = vertx;
        this.registry = registry;
        this.tracer = tracer;
    }

    /** The server; empty until peers can connect to it. */
    Optional<Keyserver> keyserver() {
        return keyserver;
    }

    void start(@Observes StartupEvent event) {
        CryptoProvider crypto = CryptoProvider.open(
                CryptoChoice.valueOf(settings.crypto.provider().name()));
        crypto.warning().ifPresent(LOG::cryptoFallback);
        LiveKeys keys =
                KeyStores.open(StoreEntry.listed(settings.keys), settings.keys.refuseLoosePermissions(), crypto);
        Metrics metrics = new Metrics(registry);
        CertificateExpiry expiry = new CertificateExpiry(registry);
        Listener listener = new Listener(vertx, settings.limits, settings.signing.deadline(), journal(metrics, expiry));
        TlsFiles files = TlsFiles.of(settings.tls, PeerTables.authorities(settings.peers));
        ServerTls tls = new ServerTls(files, settings.tls.engine(), listener.doorkeeper());
        if (tls.engineName().equals("JDK")) crypto.installFirst(); // for its handshakes
        AtomicReference<PeerTable> peers = new AtomicReference<>(PeerTables.read(settings.peers));
        int threads = settings.signing.threads().orElse(Runtime.getRuntime().availableProcessors());
        SigningPool pool = new SigningPool("signing", threads);
        RequestPolicy policy =
                new RequestPolicy(keys::current, settings.operations.disabled().orElse(Set.of()), sealer());

        Reloads reloads = new Reloads(metrics, expiry, () -> peers.set(PeerTables.read(settings.peers)));
        Reloader reloader = new Reloader(settings.reload.interval(), reloads);
        keys.reload();
        reloads.keysRead(keys);
        reloads.tlsRead(tls);
        reloader.register(keys);
        reloader.register(tls);
        Signals.onHangup(reloader::trigger);

        Keyserver server = new Keyserver(new Keyserver.Parts(listener, tls, peers::get, policy, pool, keys), reloader);
        metrics.watch(listener, pool, keys, server::stopping);
        server.start(settings.listener);
        LOG.listening(
                settings.listener.host(),
                server.port(),
                keys.current().size(),
                tls.engineName(),
                crypto.name(),
                threads);
        keyserver = Optional.of(server);
    }

    /** Before anything else stops: health and metrics have to tell of it while it lasts. */
    void stop(@Observes ShutdownDelayInitiatedEvent event) {
        keyserver.ifPresent(server -> server.stop(settings.drain));
    }

    private Journal journal(Metrics metrics, CertificateExpiry expiry) {
        return new Journal(
                metrics,
                expiry,
                settings.audit.enabled() ? Optional.of(new Audit()) : Optional.empty(),
                settings.tracingDisabled ? Optional.empty() : Optional.of(new Tracing(tracer.get(), clock)),
                clock);
    }

    private Optional<Sealer> sealer() {
        return settings.seal.enabled()
                ? Optional.of(new Sealer(clock, settings.seal.rotation(), new SecureRandom()))
                : Optional.empty();
    }
}
