package dev.keyless.client.cli;

import dev.keyless.client.KeylessException;
import dev.keyless.client.RefusedException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** {@code keyless-client ping|sign|ski}. */
@Command(
        name = "keyless-client",
        description = "Talks to key servers over the keyless protocol.",
        subcommands = {PingCommand.class, SignCommand.class, SkiCommand.class},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:no server could be reached, or none answered in time",
            "2:wrong arguments, or a file that cannot be used",
            "3:the server refused"
        })
public final class ClientCommand {

    static final int REFUSED = 3;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    /** The command line's entrance; ends the JVM with the exit code. */
    public static void main(String[] arguments) {
        System.exit(run(
                new PrintWriter(System.out, true, System.out.charset()),
                new PrintWriter(System.err, true, System.err.charset()),
                arguments));
    }

    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine commandLine = new CommandLine(new ClientCommand())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((failure, _) -> explain(failure))
                .setExecutionExceptionHandler((failure, command, _) -> explain(failure, command));
        return arguments.length == 0 ? usage(commandLine) : commandLine.execute(arguments);
    }

    private static int usage(CommandLine commandLine) {
        commandLine.usage(commandLine.getErr());
        return ExitCode.USAGE;
    }

    private static int explain(ParameterException failure) {
        PrintWriter err = failure.getCommandLine().getErr();
        String command = failure.getCommandLine().getCommandSpec().qualifiedName();
        err.println(failure.getCommandLine().getCommandName() + ": " + failure.getMessage());
        err.println("Try '" + command + " --help'.");
        return ExitCode.USAGE;
    }

    private static int explain(Exception failure, CommandLine command) throws Exception {
        int code = switch (failure) {
            case RefusedException _ -> REFUSED;
            case KeylessException _ -> ExitCode.SOFTWARE;
            case IllegalArgumentException _, UncheckedIOException _ -> ExitCode.USAGE;
            default -> throw failure;
        };
        command.getErr().println(command.getCommandName() + ": " + failure.getMessage());
        return code;
    }
}
