package dev.keyless.sandbox.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a key server is started with.
 *
 * @param name for messages
 * @param folder its working folder: the configuration is written there, and the log
 * @param application {@code quarkus-run.jar} of the packaged service
 * @param privateKeys folder with the keys that it signs with
 * @param certificate PEM file that it shows to edges
 * @param certificateKey PEM file with the key to it
 * @param clientCa PEM file with the CA whose clients it serves
 * @param environment further variables, such as {@code KEYSERVER_...} settings
 */
public record KeyServerSetup(
        String name,
        Path folder,
        Path application,
        Path privateKeys,
        Path certificate,
        Path certificateKey,
        Path clientCa,
        Map<String, String> environment) {

    private static final Path APPLICATION = Path.of("keyserver-service", "target", "quarkus-app", "quarkus-run.jar");

    public KeyServerSetup {
        environment = Map.copyOf(environment);
    }

    /** The same with this variable too. */
    public KeyServerSetup with(String variable, String value) {
        Map<String, String> more = Stream.concat(
                        environment.entrySet().stream(), Map.of(variable, value).entrySet().stream())
                .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> b));
        return new KeyServerSetup(name, folder, application, privateKeys, certificate, certificateKey, clientCa, more);
    }

    /**
     * The packaged key server of the source tree that this program was started in.
     *
     * @throws IllegalStateException if it is not built
     */
    public static Path findApplication() {
        Path start = Path.of("").toAbsolutePath();
        return Stream.iterate(start, folder -> folder != null, Path::getParent)
                .map(folder -> folder.resolve(APPLICATION))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("expected " + APPLICATION + " in " + start
                        + " or a folder above it, found none. Build it first: ./dev build"));
    }

    /** In the form of gokeyless, which the service reads too. */
    String yaml(int port, int metricsPort) {
        return String.join(
                "\n",
                List.of(
                        "port: " + port,
                        "metrics_port: " + metricsPort,
                        "auth_cert: " + quoted(certificate),
                        "auth_key: " + quoted(certificateKey),
                        "cloudflare_ca_cert: " + quoted(clientCa),
                        "private_key_stores:",
                        "  - dir: " + quoted(privateKeys),
                        ""));
    }

    private static String quoted(Path path) {
        return "'" + path.toAbsolutePath().toString().replace("'", "''") + "'";
    }
}
