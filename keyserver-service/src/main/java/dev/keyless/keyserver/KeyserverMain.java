package dev.keyless.keyserver;

import dev.keyless.keyserver.startup.Launcher;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;
import java.util.OptionalInt;

/** The key server's process. */
@QuarkusMain
public final class KeyserverMain {

    private KeyserverMain() {}

    public static void main(String... arguments) {
        // Before anything logs: what is said before Quarkus has started is then kept until it has.
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        OptionalInt done = new Launcher(System.out, System.err).launch(List.of(arguments));
        if (done.isPresent()) System.exit(done.getAsInt());
        Quarkus.run();
    }
}
