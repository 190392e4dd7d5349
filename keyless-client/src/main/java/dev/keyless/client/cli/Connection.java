package dev.keyless.client.cli;

import dev.keyless.client.ClientOptions;
import dev.keyless.client.ClientTls;
import dev.keyless.client.KeylessClient;
import dev.keyless.client.KeylessException;
import dev.keyless.client.ServerAddress;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that talks to a server. */
@SuppressWarnings("NullAway.Init") // picocli sets what is required
final class Connection {

    @Option(
            names = "--server",
            required = true,
            split = ",",
            paramLabel = "HOST[:PORT]",
            converter = AddressConverter.class,
            description = "Key servers, separated by commas or by several --server; port 2407 if there is none.")
    private List<ServerAddress> servers;

    @Option(
            names = "--ca",
            required = true,
            paramLabel = "FILE",
            description = "PEM: CAs that issue the servers' certificates.")
    private Path ca;

    @Option(
            names = "--cert",
            required = true,
            paramLabel = "FILE",
            description = "PEM: our certificate, and its chain if there is one.")
    private Path certificate;

    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE",
            description = "PEM: the private key to it, not encrypted.")
    private Path key;

    @Option(
            names = "--server-name",
            paramLabel = "NAME",
            description = "The name in the servers' certificate, where it is not the host.")
    private @Nullable String serverName;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "How long to wait for an answer (default: ${DEFAULT-VALUE}).")
    private int timeoutSeconds;

    List<ServerAddress> servers() {
        return servers;
    }

    /** Runs one action with a client and closes the client. */
    <T> T with(Function<KeylessClient, T> action) {
        if (timeoutSeconds < 1 || timeoutSeconds > 3600) {
            throw new IllegalArgumentException("--timeout: expected 1 to 3600 seconds, got " + timeoutSeconds);
        }
        ClientTls tls = ClientTls.ofPem(ca, certificate, key);
        if (serverName != null) tls = tls.withServerName(serverName);
        Duration timeout = Duration.ofSeconds(timeoutSeconds);
        ClientOptions options = ClientOptions.builder(tls)
                .servers(servers)
                .connectionsPerServer(1)
                .deadline(timeout)
                .connectTimeout(timeout)
                .build();
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        try (KeylessClient client = KeylessClient.create(vertx, options)) {
            return action.apply(client);
        } finally {
            var _ = vertx.close();
        }
    }

    /** Blocks until the answer is there; not on an event loop. */
    static <T> T await(CompletionStage<T> answer) {
        try {
            return answer.toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof KeylessException failure) throw failure;
            throw e;
        }
    }
}
