package dev.keyless.keyserver.ops;

import dev.keyless.keyserver.keys.KeysConfig;
import dev.keyless.keyserver.net.DrainConfig;
import dev.keyless.keyserver.net.LimitsConfig;
import dev.keyless.keyserver.net.ListenerConfig;
import dev.keyless.keyserver.peers.PeersConfig;
import dev.keyless.keyserver.signing.CryptoConfig;
import dev.keyless.keyserver.signing.OperationsConfig;
import dev.keyless.keyserver.signing.SealConfig;
import dev.keyless.keyserver.signing.SigningConfig;
import dev.keyless.keyserver.tls.TlsConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Every feature's configuration, for the one place that puts them together. */
@Singleton
class Settings {

    @Inject
    ListenerConfig listener;

    @Inject
    LimitsConfig limits;

    @Inject
    DrainConfig drain;

    @Inject
    TlsConfig tls;

    @Inject
    KeysConfig keys;

    @Inject
    CryptoConfig crypto;

    @Inject
    SigningConfig signing;

    @Inject
    OperationsConfig operations;

    @Inject
    SealConfig seal;

    @Inject
    PeersConfig peers;

    @Inject
    ReloadConfig reload;

    @Inject
    AuditConfig audit;

    /** Quarkus's own switch: whether spans go anywhere. */
    @ConfigProperty(name = "quarkus.otel.sdk.disabled", defaultValue = "true")
    boolean tracingDisabled;
}
