package dev.keyless.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessMeterTest {

    @Test
    void seesTheCpuTimeThatAProcessSpends() {
        Duration before = ProcessMeter.own().cpu();

        long number = 1;
        while (ProcessMeter.own().cpu().minus(before).toMillis() < 50) number = number * 31 + 7;

        assertTrue(number != 0);
        assertTrue(ProcessMeter.own().cpu().compareTo(before) > 0);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void findsThePeakOfMemory() {
        long peak = ProcessMeter.own().peakMemory().orElseThrow();

        assertTrue(peak > Runtime.getRuntime().totalMemory() / 16, () -> "a JVM in " + peak + " bytes");
        assertTrue(peak < 1L << 40, () -> peak + " bytes");
    }

    @Test
    void readsTheSumOfAHistogram() {
        String histogram = """
             num     #instances         #bytes  class name (module)
               1:         53282        3956752  [B (java.base@25.0.3)
            Total        357192       18305936
            """;

        assertEquals(OptionalLong.of(18_305_936), ProcessMeter.totalOf(histogram));
        assertEquals(OptionalLong.empty(), ProcessMeter.totalOf("com.sun.tools.attach.AttachNotSupportedException"));
    }

    @Test
    void refusesAProcessThatIsNotThere() throws IOException, InterruptedException {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();

        assertThrows(BenchException.class, () -> ProcessMeter.of(ended.pid()));
    }
}
