package dev.keyless.bench;

import dev.keyless.client.KeylessConnection;
import dev.keyless.client.KeylessException;
import dev.keyless.client.ReplyHandler;
import dev.keyless.protocol.Frame;
import dev.keyless.protocol.Opcode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a window of requests in flight on each of its connections: for each answer the next request goes out. The handlers
 * run on the connections' event loops and only count; whoever measures reads the counts from another thread.
 */
final class Load implements AutoCloseable {

    /** Microseconds matter, minutes do not: three digits up to one minute. */
    private static final long LONGEST_NANOS = Duration.ofMinutes(1).toNanos();

    private static final int DIGITS = 3;
    private static final Duration SETTLE = Duration.ofMillis(300);
    private static final Duration END_WITHIN = Duration.ofSeconds(30);

    /**
     * @param connections at the same time
     * @param window requests in flight on each
     */
    record Shape(int connections, int window) {

        Shape {
            if (connections < 1 || connections > 512) {
                throw new IllegalArgumentException("connections must be between 1 and 512, got " + connections);
            }
            if (window < 1 || window > Clients.MAX_IN_FLIGHT) {
                throw new IllegalArgumentException(
                        "the window must be between 1 and " + Clients.MAX_IN_FLIGHT + ", got " + window);
            }
        }
    }

    private final List<Lane> lanes;
    private volatile boolean running = true;

    private Load(List<KeylessConnection> connections, Frame request) {
        lanes = connections.stream()
                .map(connection -> new Lane(connection, request))
                .toList();
    }

    /** Begins to send. The connections are the load's from now on. */
    static Load start(List<KeylessConnection> connections, Frame request, int window) {
        Load load = new Load(connections, request);
        for (Lane lane : load.lanes) {
            for (int i = 0; i < window; i++) load.new Slot(lane).send();
        }
        return load;
    }

    /** Lets the load settle, then looks for this long. */
    Tally measure(Duration time, Optional<ProcessMeter> server) {
        Clients.sleep(SETTLE);
        for (Lane lane : lanes) lane.latency.reset();
        long answered = answered();
        long failed = failed();
        Usage.Watch watch = Usage.watch(server);
        Clients.sleep(time);
        long answeredThen = answered();
        Usage usage = watch.stop();
        return new Tally(usage, answeredThen - answered, failed() - failed, problem(), latency());
    }

    private long answered() {
        return lanes.stream().mapToLong(lane -> lane.answered.get()).sum();
    }

    private long failed() {
        return lanes.stream().mapToLong(lane -> lane.failed.get()).sum();
    }

    private Optional<String> problem() {
        return lanes.stream()
                .map(lane -> lane.problem)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .findFirst();
    }

    private Histogram latency() {
        Histogram all = new Histogram(LONGEST_NANOS, DIGITS);
        for (Lane lane : lanes) all.add(lane.latency.getIntervalHistogram());
        return all;
    }

    /** Sends no more, waits for what is in flight, closes the connections. */
    @Override
    public void close() {
        running = false;
        long end = System.nanoTime() + END_WITHIN.toNanos();
        for (Lane lane : lanes) {
            while (lane.connection.isOpen() && lane.connection.inFlight() > 0 && System.nanoTime() - end < 0) {
                Clients.sleep(Duration.ofMillis(1));
            }
            lane.connection.close();
        }
    }

    /** One connection. Written by its event loop only. */
    private static final class Lane {

        final KeylessConnection connection;
        final Frame request;
        final SingleWriterRecorder latency = new SingleWriterRecorder(LONGEST_NANOS, DIGITS);
        final AtomicLong answered = new AtomicLong();
        final AtomicLong failed = new AtomicLong();
        volatile @Nullable String problem;

        Lane(KeylessConnection connection, Frame request) {
            this.connection = connection;
            this.request = request;
        }
    }

    /** One place in the window. */
    private final class Slot implements ReplyHandler {

        private final Lane lane;
        private long sentAt;

        Slot(Lane lane) {
            this.lane = lane;
        }

        void send() {
            sentAt = System.nanoTime();
            lane.connection.send(lane.request, this);
        }

        @Override
        public void replied(Frame reply) {
            if (reply.opcode() == Opcode.ERROR.code()) {
                count(lane.failed);
                lane.problem = "refused with error 0x%02x".formatted(reply.payload()[0]);
            } else {
                count(lane.answered);
                lane.latency.recordValue(Math.min(System.nanoTime() - sentAt, LONGEST_NANOS));
            }
            if (running) send();
        }

        /** The place stays empty: a connection that fails is not asked again. */
        @Override
        public void failed(KeylessException cause) {
            lane.failed.incrementAndGet();
            lane.problem = cause.getMessage();
        }

        private static void count(AtomicLong counter) {
            counter.setRelease(counter.getPlain() + 1);
        }
    }
}
