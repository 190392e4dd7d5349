package dev.keyless.keyserver.ops;

import static dev.keyless.keyserver.ops.KeyserverLog.LOG;

import dev.keyless.keyserver.net.ListenerEvents;
import dev.keyless.keyserver.peers.Peer;
import dev.keyless.keyserver.signing.Outcome;
import dev.keyless.keyserver.signing.Served;
import dev.keyless.protocol.ErrorCode;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Hears what happens at the listener and tells metrics, log, audit and trace. */
final class Journal implements ListenerEvents {

    private static final Duration LOG_PERIOD = Duration.ofSeconds(10);

    private final Metrics metrics;
    private final CertificateExpiry expiry;
    private final Optional<Audit> audit;
    private final Optional<Tracing> tracing;
    private final Throttle refusals;
    private final Throttle bugs;

    Journal(
            Metrics metrics,
            CertificateExpiry expiry,
            Optional<Audit> audit,
            Optional<Tracing> tracing,
            InstantSource clock) {
        this.metrics = metrics;
        this.expiry = expiry;
        this.audit = audit;
        this.tracing = tracing;
        this.refusals = new Throttle(clock, LOG_PERIOD);
        this.bugs = new Throttle(clock, LOG_PERIOD);
    }

    @Override
    public void connected(Peer peer, SocketAddress remote, List<X509Certificate> clientChain) {
        metrics.connected();
        expiry.client(clientChain);
        LOG.debugf("Connected: peer=%s, remote=%s", peer.name(), remote);
    }

    @Override
    public void ended(SocketAddress remote, Ending ending, String detail) {
        metrics.ended(ending);
        switch (ending) {
            case TOO_MANY, UNKNOWN_PEER, OUT_OF_FRAME, HANDSHAKE_FAILED, NO_ROOM ->
                refusals.pass()
                        .ifPresent(suppressed -> LOG.connectionRefused(
                                remote.toString(), Text.safe(describe(ending, detail)), suppressed));
            case PEER_CLOSED, IO_ERROR, IDLE, READ_STALL, WRITE_STALL, DRAINED ->
                LOG.debugf("Connection ended: remote=%s, %s %s", remote, ending, detail);
        }
    }

    private static String describe(Ending ending, String detail) {
        return switch (ending) {
            case UNKNOWN_PEER -> "the certificate is in no entry of keyserver.peers: subject=" + detail;
            case HANDSHAKE_FAILED -> "no TLS handshake: " + detail;
            case NO_ROOM -> "no room for its large packet: see keyserver.limits.unread";
            default -> detail;
        };
    }

    @Override
    public void served(Served served) {
        metrics.served(served);
        switch (served.outcome()) {
            case Outcome.Answered _ -> {}
            case Outcome.Refused(ErrorCode error, String reason) ->
                LOG.debugf("Refused: peer=%s, %s: %s", served.peer().name(), error, reason);
            case Outcome.Failed(Throwable cause) ->
                bugs.pass().ifPresent(suppressed -> LOG.bug(served.peer().name(), suppressed, cause));
        }
        if (audit.isPresent()) audit.get().record(served);
        if (tracing.isPresent()) tracing.get().record(served);
    }

    @Override
    public void violation(Peer peer, String reason) {
        metrics.violation();
        LOG.debugf("Protocol violation: peer=%s, %s", peer.name(), reason);
    }
}
