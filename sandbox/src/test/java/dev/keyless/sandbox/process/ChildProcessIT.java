package dev.keyless.sandbox.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Children end when they should, with the real processes of this machine. */
class ChildProcessIT {

    private static final List<String> SLEEP = List.of("sleep", "600");

    @TempDir
    Path folder;

    @Test
    void theProcessIdIsTheCommandsOwn() {
        try (ChildProcess child = start(SLEEP)) {
            await().untilAsserted(() -> assertEquals(Optional.of("sleep"), program(child.pid())));
        }
    }

    @Test
    void stopsByTheSignalThatLetsItFinish() throws Exception {
        Path done = folder.resolve("done");
        List<String> command = List.of(
                "sh", "-c", "trap 'echo bye > " + done + "; exit 0' TERM; echo up; while :; do sleep 0.1; done");
        ChildProcess child = start(command);
        await().until(() -> child.logTail(1).equals("up"));

        child.stop();

        assertFalse(child.isAlive());
        assertEquals("bye\n", Files.readString(done));
    }

    @Test
    void killEndsItAtOnce() {
        ChildProcess child = start(List.of("sh", "-c", "trap '' TERM; while :; do sleep 0.1; done"));

        child.kill();

        assertFalse(child.isAlive());
    }

    @Test
    void endsWhenTheProgramThatStartedItIsKilled() throws Exception {
        Path pid = folder.resolve("pid");
        List<String> command = new ArrayList<>(ChildProcess.java());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Parent.class.getName()));
        command.addAll(List.of(folder.toString(), pid.toString()));
        Process parent = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("parent.log").toFile())
                .start();
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(pid));
        ProcessHandle child =
                ProcessHandle.of(Long.parseLong(Files.readString(pid))).orElseThrow();
        assertTrue(child.isAlive());

        parent.destroyForcibly();

        await().atMost(Duration.ofSeconds(60)).until(() -> !child.isAlive());
    }

    @Test
    void leavesNoWatcherBehind() {
        ChildProcess child = start(SLEEP);
        List<ProcessHandle> watchers = new ArrayList<>();
        await().until(() -> {
            ProcessHandle.of(child.pid()).orElseThrow().children().forEach(watchers::add);
            return !watchers.isEmpty();
        });

        child.stop();

        await().until(() -> watchers.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void tellsWhatTheChildSaidWhenItEndsInsteadOfGettingReady() {
        try (ChildProcess child = start(List.of("sh", "-c", "echo the disk is full; exit 3"))) {
            int port = FreePorts.pick(1).getFirst();

            ProcessFailure failure = assertThrows(
                    ProcessFailure.class, () -> child.awaitReady(ChildProcess.http(port, "/"), Duration.ofSeconds(30)));

            assertTrue(failure.getMessage().contains("child ended with exit code 3"), failure.getMessage());
            assertTrue(failure.getMessage().contains("the disk is full"), failure.getMessage());
        }
    }

    @Test
    void givesUpOnAChildThatNeverGetsReady() {
        try (ChildProcess child = start(SLEEP)) {
            int port = FreePorts.pick(1).getFirst();

            ProcessFailure failure = assertThrows(
                    ProcessFailure.class, () -> child.awaitReady(ChildProcess.http(port, "/"), Duration.ofMillis(200)));

            assertTrue(failure.getMessage().contains("is not ready"), failure.getMessage());
        }
    }

    private ChildProcess start(List<String> command) {
        return ChildProcess.start("child", folder, folder.resolve("child.log"), Map.of(), command);
    }

    private static Optional<String> program(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().command())
                .map(command -> Path.of(command).getFileName().toString());
    }

    /** A program that starts a child, writes its id down, and waits to be killed. */
    static final class Parent {

        private Parent() {}

        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            ChildProcess child = ChildProcess.start("child", folder, folder.resolve("child.log"), Map.of(), SLEEP);
            Path unfinished = folder.resolve("pid.unfinished");
            Files.writeString(unfinished, String.valueOf(child.pid()));
            Files.move(unfinished, Path.of(arguments[1]));
            Thread.currentThread().join();
        }
    }
}
