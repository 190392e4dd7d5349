package dev.keyless.bench;

import dev.keyless.bench.PackagedServers.Cores;
import java.util.Optional;

/** Where the servers to measure come from. */
sealed interface Servers {

    /** The key server of this project, started as often as needed. */
    record Packaged(PackagedServers own) implements Servers {

        @Override
        public RunningServer open() {
            return own.start(Cores.ANY);
        }
    }

    /** One that runs already and cannot be restarted. */
    record Foreign(ForeignServer server) implements Servers {

        @Override
        public RunningServer open() {
            return server;
        }
    }

    /** A server to measure. */
    RunningServer open();

    default Optional<PackagedServers> launcher() {
        return this instanceof Packaged(PackagedServers found) ? Optional.of(found) : Optional.empty();
    }
}
