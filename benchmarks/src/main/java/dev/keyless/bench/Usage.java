package dev.keyless.bench;

import java.time.Duration;
import java.util.Optional;

/**
 * What a stretch of time has cost.
 *
 * @param elapsed on the clock
 * @param serverCpu user and system time of the server's process; empty if that is not known
 * @param clientCpu the same of this process
 */
record Usage(Duration elapsed, Optional<Duration> serverCpu, Duration clientCpu) {

    double perSecond(long count) {
        return count / seconds(elapsed);
    }

    Optional<Double> serverMicrosPer(long count) {
        return serverCpu.map(cpu -> seconds(cpu) * 1e6 / count);
    }

    Optional<Double> serverCores() {
        return serverCpu.map(cpu -> seconds(cpu) / seconds(elapsed));
    }

    double clientCores() {
        return seconds(clientCpu) / seconds(elapsed);
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /** Begins to look. */
    static Watch watch(Optional<ProcessMeter> server) {
        return new Watch(
                server,
                System.nanoTime(),
                server.map(ProcessMeter::cpu),
                ProcessMeter.own().cpu());
    }

    /** Where a stretch of time began. */
    record Watch(Optional<ProcessMeter> server, long start, Optional<Duration> serverCpu, Duration clientCpu) {

        Usage stop() {
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            Optional<Duration> used =
                    server.flatMap(meter -> serverCpu.map(before -> meter.cpu().minus(before)));
            return new Usage(elapsed, used, ProcessMeter.own().cpu().minus(clientCpu));
        }
    }
}
