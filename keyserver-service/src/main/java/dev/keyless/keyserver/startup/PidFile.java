package dev.keyless.keyserver.startup;

import dev.keyless.keyserver.ops.ProcessConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.logging.Logger;

/** Keeps the process id in a file while the server runs. */
@ApplicationScoped
class PidFile {

    private static final Logger LOG = Logger.getLogger(PidFile.class);

    /** Observers without a priority of their own have 2500. */
    private static final int AFTER_THE_LISTENER = 3000;

    private final ProcessConfig config;
    private final String content = ProcessHandle.current().pid() + "\n";

    PidFile(ProcessConfig config) {
        this.config = config;
    }

    void write(@Observes @Priority(AFTER_THE_LISTENER) StartupEvent event) {
        config.pidFile().ifPresent(path -> {
            try {
                Files.writeString(path, content);
            } catch (IOException e) {
                throw new UncheckedIOException("keyserver.pid-file: cannot write " + path.toAbsolutePath(), e);
            }
        });
    }

    /** Leaves a file alone that another process has overwritten meanwhile. */
    void remove(@Observes ShutdownEvent event) {
        config.pidFile().ifPresent(path -> {
            try {
                if (isOurs(path)) Files.delete(path);
            } catch (IOException e) {
                LOG.warnf(
                        "cannot remove the pid file %s: %s",
                        path.toAbsolutePath(), e.getClass().getSimpleName());
            }
        });
    }

    private boolean isOurs(Path path) throws IOException {
        return Files.isRegularFile(path) && Files.readString(path).equals(content);
    }
}
