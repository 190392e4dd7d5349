package dev.keyless.keyserver.startup;

import dev.keyless.keyserver.keys.KeyListing;
import java.io.PrintStream;
import java.util.List;
import java.util.OptionalInt;
import org.jboss.logging.Logger;

/** Does what a command line asks, up to the point where the server itself has to run. */
public final class Launcher {

    private static final Logger LOG = Logger.getLogger(Launcher.class);

    private final PrintStream out;
    private final PrintStream err;

    public Launcher(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Empty if Quarkus is to be started now; else the exit code of what is done already. */
    public OptionalInt launch(List<String> arguments) {
        CommandLine commandLine = CommandLine.parse(arguments);
        if (commandLine.is(Setting.HELP)) return said(Help.text());
        if (commandLine.is(Setting.VERSION) && commandLine.problems().isEmpty()) return said(Help.version() + "\n");

        Startup startup = Startup.read(commandLine);
        boolean ends = commandLine.is(Setting.CONFIG_ONLY) || commandLine.is(Setting.KEYSTORE_DEBUG);
        if (ends || !startup.problems().isEmpty()) {
            startup.warnings().forEach(w -> err.println("keyserver: warning: " + w));
        }
        if (!startup.problems().isEmpty()) {
            err.print(Report.of(startup.problems()));
            return OptionalInt.of(Report.exitCode(startup.problems()));
        }
        if (commandLine.is(Setting.KEYSTORE_DEBUG)) {
            KeyListing listing = startup.listKeys();
            out.print(listing.text());
            return OptionalInt.of(listing.flawless() ? 0 : 1);
        }
        if (ends) return said("keyserver: the configuration is all right\n");

        // Quarkus keeps what is logged before it has started until it knows where to.
        startup.warnings().forEach(LOG::warn);
        StartupConfigSources.provide(startup.settings().sources());
        return OptionalInt.empty();
    }

    private OptionalInt said(String text) {
        out.print(text);
        return OptionalInt.of(0);
    }
}
