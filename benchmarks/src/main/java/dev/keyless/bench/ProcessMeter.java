package dev.keyless.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Reads what a process has used. CPU time comes in ticks of 10 ms on Linux, which is what {@code /proc/PID/stat} counts in,
 * threads that have ended included. Memory is known on Linux only.
 */
record ProcessMeter(ProcessHandle process) {

    private static final int COLLECTIONS = 4;
    private static final ProcessMeter OWN = new ProcessMeter(ProcessHandle.current());

    static ProcessMeter own() {
        return OWN;
    }

    /** @throws BenchException if there is no such process, or it is another user's */
    static ProcessMeter of(long pid) {
        ProcessMeter meter = new ProcessMeter(
                ProcessHandle.of(pid).orElseThrow(() -> new BenchException("there is no process with the id " + pid)));
        var _ = meter.cpu();
        return meter;
    }

    /** User and system time so far. */
    Duration cpu() {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(
                        () -> new BenchException("process " + process.pid() + " has ended, or is not ours to read"));
    }

    /** Most bytes of memory it has had resident since it began or {@link #resetPeak} was called. */
    OptionalLong peakMemory() {
        return status("VmHWM:");
    }

    /** Whether that is possible depends on the kernel and on whose process it is. */
    boolean resetPeak() {
        try {
            Files.writeString(file("clear_refs"), "5");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Bytes on the heap that are still in use after full collections; empty if it is no JVM of ours. It takes some: what
     * cleaners and soft references hold goes one collection later.
     */
    OptionalLong liveHeap() {
        return IntStream.range(0, COLLECTIONS)
                .mapToObj(_ -> heapAfterCollection())
                .flatMapToLong(OptionalLong::stream)
                .min();
    }

    private OptionalLong heapAfterCollection() {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) return OptionalLong.empty();
        try {
            Process command = new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "GC.class_histogram")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String histogram = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!command.waitFor(10, TimeUnit.SECONDS)) command.destroyForcibly();
            return totalOf(histogram);
        } catch (IOException e) {
            return OptionalLong.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }

    /** Its last line is {@code Total INSTANCES BYTES}. */
    static OptionalLong totalOf(String histogram) {
        Optional<String> total =
                histogram.lines().filter(line -> line.startsWith("Total ")).findFirst();
        return total.map(line -> OptionalLong.of(Long.parseLong(line.strip().split("\\s+")[2])))
                .orElse(OptionalLong.empty());
    }

    private OptionalLong status(String name) {
        try {
            Optional<String> line = Files.readString(file("status"))
                    .lines()
                    .filter(candidate -> candidate.startsWith(name))
                    .findFirst();
            return line.map(found -> OptionalLong.of(Long.parseLong(found.replaceAll("[^0-9]", "")) * 1024))
                    .orElse(OptionalLong.empty());
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    private Path file(String name) {
        return Path.of("/proc", Long.toString(process.pid()), name);
    }
}
