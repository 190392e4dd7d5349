package dev.keyless.keyserver.net;

import dev.keyless.keyserver.peers.Peer;
import dev.keyless.keyserver.signing.Served;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** What the listener told. */
final class RecordedEvents implements ListenerEvents {

    record Ended(Ending ending, String detail) {}

    final AtomicInteger connected = new AtomicInteger();
    final Queue<Ended> ended = new ConcurrentLinkedQueue<>();
    final Queue<Served> served = new ConcurrentLinkedQueue<>();
    final Queue<String> violations = new ConcurrentLinkedQueue<>();

    @Override
    public void connected(Peer peer, SocketAddress remote, List<X509Certificate> clientChain) {
        connected.incrementAndGet();
    }

    @Override
    public void ended(SocketAddress remote, Ending ending, String detail) {
        ended.add(new Ended(ending, detail));
    }

    @Override
    public void served(Served request) {
        served.add(request);
    }

    @Override
    public void violation(Peer peer, String reason) {
        violations.add(reason);
    }

    List<Ending> endings() {
        return ended.stream().map(Ended::ending).toList();
    }
}
