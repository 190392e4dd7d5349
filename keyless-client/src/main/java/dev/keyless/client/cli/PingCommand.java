package dev.keyless.client.cli;

import dev.keyless.client.KeylessException;
import dev.keyless.client.ServerAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "ping", description = "Says for each server how long a ping takes, or why there is no answer.")
@SuppressWarnings("NullAway.Init") // picocli sets them
final class PingCommand implements Callable<Integer> {

    @Mixin
    private Connection connection;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return connection.with(client -> {
            int code = ExitCode.OK;
            for (ServerAddress server : connection.servers()) {
                try {
                    Duration time = Connection.await(client.ping(server));
                    String line = String.format(Locale.ROOT, "%s: %.3f ms", server, time.toNanos() / 1e6);
                    spec.commandLine().getOut().println(line);
                } catch (KeylessException e) {
                    spec.commandLine().getErr().println("ping: " + e.getMessage());
                    code = ExitCode.SOFTWARE;
                }
            }
            return code;
        });
    }
}
