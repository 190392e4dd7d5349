package dev.keyless.bench;

import dev.keyless.client.ServerAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Starts the key server as an operator would: its packaged jar in a process of its own, configured from outside. */
final class PackagedServers {

    static final String LOOPBACK = "127.0.0.1";

    private final Path jar;
    private final List<String> jvmOptions;
    private final Material material;
    private int started;

    /** @throws BenchException if the jar is not there */
    PackagedServers(Path jar, List<String> jvmOptions, Material material) {
        if (!Files.isRegularFile(jar)) {
            throw new BenchException(
                    "there is no " + jar + ": build the key server first (./dev build), or name it with"
                            + " --keyserver, or measure a running one with --against");
        }
        this.jar = jar.toAbsolutePath();
        this.jvmOptions = jvmOptions;
        this.material = material;
    }

    /** Where a process may run: any core, or the named ones only. */
    record Cores(List<Integer> numbers) {

        static final Cores ANY = new Cores(List.of());

        private List<String> prefix() {
            return numbers.isEmpty() ? List.of() : List.of("taskset", "-c", list());
        }

        private List<String> jvmOption() {
            return numbers.isEmpty() ? List.of() : List.of("-XX:ActiveProcessorCount=" + numbers.size());
        }

        /** As taskset takes it. */
        String list() {
            return String.join(",", numbers.stream().map(String::valueOf).toList());
        }
    }

    /** For files that belong to the run. */
    Path folder() {
        return material.folder();
    }

    /** Starts one and returns when it says that it is ready. */
    PackagedServer start(Cores cores) {
        PackagedServer server = spawn(cores, List.of());
        server.awaitReady();
        return server;
    }

    /** Starts one and returns at once. */
    PackagedServer spawn(Cores cores, List<String> moreJvmOptions) {
        int[] ports = freePorts();
        Path log = material.folder().resolve("server-" + ++started + ".log");
        List<String> command = new ArrayList<>(cores.prefix());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(cores.jvmOption());
        command.addAll(moreJvmOptions);
        command.addAll(List.of(
                "-Dkeyserver.host=" + LOOPBACK,
                "-Dkeyserver.port=" + ports[0],
                "-Dquarkus.http.host=" + LOOPBACK,
                "-Dquarkus.http.port=" + ports[1],
                "-Dkeyserver.tls.certificate=" + material.serverCertificate(),
                "-Dkeyserver.tls.key=" + material.serverKey(),
                "-Dkeyserver.tls.client-ca=" + material.client().ca(),
                "-Dkeyserver.keys.stores[0].dir=" + material.keys(),
                "-Dkeyserver.drain.grace=0s",
                "-jar",
                jar.toString()));
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(material.folder().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            return new PackagedServer(
                    builder.start(),
                    new ServerAddress(LOOPBACK, ports[0]),
                    ports[1],
                    material.client(),
                    Optional.of(material.ecdsa()),
                    Optional.of(material.rsa()),
                    log);
        } catch (IOException e) {
            throw new BenchException("cannot start " + command.getFirst() + ": " + e.getMessage(), e);
        }
    }

    /** Two ports that nobody listens on now. */
    private static int[] freePorts() {
        try {
            InetAddress loopback = InetAddress.getByName(LOOPBACK);
            try (ServerSocket one = new ServerSocket();
                    ServerSocket other = new ServerSocket()) {
                one.bind(new InetSocketAddress(loopback, 0));
                other.bind(new InetSocketAddress(loopback, 0));
                return IntStream.of(one.getLocalPort(), other.getLocalPort()).toArray();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on " + LOOPBACK, e);
        }
    }
}
