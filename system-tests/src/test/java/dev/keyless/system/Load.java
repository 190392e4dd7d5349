package dev.keyless.system;

import dev.keyless.client.KeylessClient;
import dev.keyless.protocol.Frame;
import dev.keyless.protocol.Opcode;
import dev.keyless.protocol.Ski;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A steady load: each of several strands asks again as soon as it has its answer, with these keys in turn. */
final class Load implements AutoCloseable {

    private static final int STRANDS = 16;
    private static final byte[] DIGEST = new byte[32];

    private final KeylessClient client;
    private final List<Frame> requests;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger(STRANDS);
    private final AtomicLong answered = new AtomicLong();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    Load(KeylessClient client, Ski ecdsa, Ski rsa) {
        this.client = client;
        this.requests = List.of(
                Frame.request(Opcode.ECDSA_SIGN_SHA256)
                        .ski(ecdsa)
                        .payload(DIGEST)
                        .build(),
                Frame.request(Opcode.RSA_PSS_SIGN_SHA256)
                        .ski(rsa)
                        .payload(DIGEST)
                        .build());
        for (int i = 0; i < STRANDS; i++) go();
    }

    private void go() {
        if (stopped) {
            running.decrementAndGet();
            return;
        }
        Frame request = requests.get(Math.floorMod(next.getAndIncrement(), requests.size()));
        client.perform(request).whenComplete((reply, failure) -> {
            if (failure == null) answered.incrementAndGet();
            else failures.add(failure);
            go();
        });
    }

    long answered() {
        return answered.get();
    }

    List<Throwable> failures() {
        return List.copyOf(failures);
    }

    boolean ended() {
        return running.get() == 0;
    }

    /** Asks nothing more; {@link #ended()} tells when the last answer is in. */
    @Override
    public void close() {
        stopped = true;
    }
}
