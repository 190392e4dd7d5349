package dev.keyless.keyserver.ops;

import io.quarkus.arc.Unremovable;
import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** The process as its manager sees it. */
@Unremovable
@ConfigMapping(prefix = "keyserver")
public interface ProcessConfig {

    /** A file to hold the process id while the server runs; absent: none. Relative to the working directory. */
    Optional<Path> pidFile();
}
