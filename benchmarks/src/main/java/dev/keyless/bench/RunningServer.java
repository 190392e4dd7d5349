package dev.keyless.bench;

import dev.keyless.client.ServerAddress;
import java.util.List;
import java.util.Optional;

/** A key server to measure. Closing it ends what was started for it. */
interface RunningServer extends AutoCloseable {

    ServerAddress address();

    ClientFiles clientFiles();

    /** Empty if it has no such key. */
    Optional<TestedKey> ecdsa();

    Optional<TestedKey> rsa();

    /** Empty if its process is not known. */
    Optional<ProcessMeter> meter();

    /** Those of its keys that can be measured; at least one. */
    default List<TestedKey> keys() {
        return List.of(ecdsa(), rsa()).stream().flatMap(Optional::stream).toList();
    }

    @Override
    void close();
}
