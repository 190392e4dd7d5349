package dev.keyless.sandbox.process;

import dev.keyless.sandbox.edge.EdgeMain;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An edge as a process of its own, with the classes of this program. */
public final class EdgeProcess {

    private static final Duration START_PATIENCE = Duration.ofSeconds(60);

    private EdgeProcess() {}

    /**
     * Starts an edge and waits until it serves.
     *
     * @param configuration as {@link EdgeMain} reads it; the edge runs in this file's folder
     * @param management what the configuration says about the management address
     */
    public static ChildProcess start(Path configuration, URI management) {
        ChildProcess process = begin(configuration);
        try {
            process.awaitReady(management.resolve("/status"), START_PATIENCE);
            return process;
        } catch (ProcessFailure e) {
            process.stop();
            throw e;
        }
    }

    private static ChildProcess begin(Path configuration) {
        Path file = configuration.toAbsolutePath();
        Path folder = file.resolveSibling(".").normalize();
        List<String> command = new ArrayList<>(ChildProcess.java());
        command.addAll(List.of("-cp", classPath(), EdgeMain.class.getName(), file.toString()));
        return ChildProcess.start("edge", folder, folder.resolve("edge.log"), Map.of(), command);
    }

    /** With absolute names, since the edge runs in a folder of its own. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
