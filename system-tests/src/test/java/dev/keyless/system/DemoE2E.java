package dev.keyless.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.keyless.sandbox.demo.Demo;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as people start it, over the packaged key server. */
class DemoE2E {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    private Process demo;

    @AfterEach
    void stop() throws Exception {
        demo.destroy();
        if (!demo.waitFor(30, TimeUnit.SECONDS)) demo.destroyForcibly();
    }

    @Test
    void onceGoesThroughTheWholeChainAndLeavesNothingRunning() throws Exception {
        start("--once");

        assertTrue(demo.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), output());

        assertEquals(0, demo.exitValue(), output());
        assertTrue(output().contains("All pages arrived."), output());
        assertTrue(
                output().contains("the site's two keys are not") || output().contains("cannot be looked at"), output());
        assertFalse(output().contains("FAILED"), output());
        for (long pid : pids(endpoints())) assertFalse(isAlive(pid), "process " + pid + " still runs");
    }

    @Test
    void withoutOnceStaysUpUntilItIsToldToStop() throws Exception {
        start();
        await().atMost(PATIENCE).until(() -> output().contains("Ctrl-C stops everything."));
        JsonObject endpoints = endpoints();

        // The line that it says to try, as a shell reads it.
        String line =
                output().lines().filter(l -> l.startsWith("curl ")).findFirst().orElseThrow();
        assertTrue(Tool.run("sh", "-c", line).output().contains("Hello from the origin"), line);

        demo.destroy();

        assertTrue(demo.waitFor(60, TimeUnit.SECONDS), output());
        for (long pid : pids(endpoints)) await().until(() -> !isAlive(pid));
    }

    private void start(String... arguments) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(List.of(java.toString(), "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(
                Demo.class.getName(), "--folder", folder.resolve("sandbox").toString()));
        command.addAll(List.of(arguments));
        demo = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile())
                .start();
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output.txt"));
    }

    private JsonObject endpoints() throws IOException {
        return new JsonObject(Files.readString(folder.resolve("sandbox/endpoints.json")));
    }

    private static List<Long> pids(JsonObject endpoints) {
        List<Long> pids = new ArrayList<>();
        pids.add(endpoints.getLong("pid"));
        pids.add(endpoints.getJsonObject("edge").getLong("pid"));
        JsonArray servers = endpoints.getJsonArray("keyServers");
        for (int i = 0; i < servers.size(); i++)
            pids.add(servers.getJsonObject(i).getLong("pid"));
        return pids;
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
