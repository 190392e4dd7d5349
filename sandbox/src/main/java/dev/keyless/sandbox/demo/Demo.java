package dev.keyless.sandbox.demo;

import dev.keyless.sandbox.pki.Identity;
import dev.keyless.sandbox.process.ChildProcess;
import dev.keyless.sandbox.process.KeyServerProcess;
import dev.keyless.sandbox.process.KeyServerSetup;
import dev.keyless.sandbox.process.ProcessFailure;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows a page that was served with a key that the serving machine never had. */
@Command(
        name = "./dev demo",
        mixinStandardHelpOptions = true,
        description = "Starts two key servers, an edge and an origin on this machine, and fetches a page with curl.")
public final class Demo implements Callable<Integer> {

    private static final Path FOLDER = Path.of("target", "sandbox");

    @Option(names = "--once", description = "Stop after the first round; exit code 0 only if every page arrived.")
    private boolean once;

    @Option(names = "--folder", paramLabel = "FOLDER", description = "Where its files go; default: target/sandbox.")
    private Path folder = FOLDER;

    private final Narrator narrator = new Narrator(System.out);
    private int failures;

    /** Ends the program with 0 if all went well, 1 if not, 2 for a wrong command line. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Demo()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            return play();
        } catch (ProcessFailure | IllegalStateException | IllegalArgumentException | UncheckedIOException e) {
            System.err.println("demo: " + e.getMessage());
            return 1;
        } catch (IOException e) {
            System.err.println("demo: " + e);
            return 1;
        }
    }

    private int play() throws IOException, InterruptedException {
        Path application = KeyServerSetup.findApplication();
        narrator.chapter("1. Keys and certificates");
        Props props = Props.make(folder);
        tellAboutProps(props);
        narrator.chapter("2. Start: two key servers, the edge, the origin");
        try (Stage stage = Stage.start(props, application, narrator)) {
            narrator.step(stage.edge() + " serves " + stage.url());
            stage.awaitConnections();
            narrator.step(
                    "The edge is connected to both key servers, each side having checked the other's certificate.");
            Path endpoints = stage.writeEndpoints();
            narrator.chapter("3. Fetch the page, with each kind of TLS, certificate and HTTP");
            fetch(props, stage, Fetch.all());
            tellWhoSigned(stage);
            narrator.chapter("4. What the edge has by now");
            inspectEdge(props, stage);
            narrator.chapter("5. Kill a key server, fetch again");
            killOne(stage);
            fetch(props, stage, Fetch.all());
            stage.writeEndpoints();
            narrator.chapter(
                    failures == 0
                            ? "All pages arrived. The edge never had the keys."
                            : failures + " checks failed, see above.");
            if (failures > 0) explain(stage);
            if (!once) stayUp(props, stage, endpoints);
        }
        return failures == 0 ? 0 : 1;
    }

    private void tellAboutProps(Props props) {
        narrator.step(
                "A CA for web sites, as a browser would trust it, and two certificates of it for " + Props.HOST + ":");
        narrator.say("ECDSA P-256, key " + props.ecdsa().ski());
        narrator.say("RSA 2048,    key " + props.rsa().ski());
        narrator.say("The long number names the key (its SKI): by it the edge asks for a signature.");
        narrator.step("The two private keys are in " + props.keys() + ": for the key servers alone.");
        narrator.step("Another CA, for key servers and edge to know each other by (mutual TLS).");
    }

    private void inspectEdge(Props props, Stage stage) {
        narrator.step("The edge was given " + props.edgeFolder() + " and nothing else:");
        narrator.say("the two certificates, which are public, and an identity of its own to show to key servers.");
        Map<String, PrivateKey> keys = Map.of(
                "the site's ECDSA key", props.ecdsa().key(),
                "the site's RSA key", props.rsa().key(),
                "its own identity's key", props.edge().key());
        Optional<MemorySearch.Result> search = MemorySearch.search(stage.edge().pid(), keys);
        if (search.isEmpty()) {
            narrator.step("Its memory cannot be looked at on this machine.");
            return;
        }
        long megabytes = search.get().bytes() >> 20;
        if (search.get().found().equals(Set.of("its own identity's key"))) {
            narrator.step("Searched the " + megabytes + " MB of its memory for the three private keys:");
            narrator.say("its own identity's key is there, as it must be; the site's two keys are not.");
        } else {
            failures++;
            narrator.step("WRONG: searched the " + megabytes + " MB of its memory and found "
                    + search.get().found() + ", expected its own identity's key only.");
        }
    }

    private void fetch(Props props, Stage stage, List<Fetch> fetches) throws IOException, InterruptedException {
        narrator.say("what the visitor can do           certificate  the key that signed                       time");
        for (Fetch fetch : fetches) {
            Fetch.Result result = fetch.run(props, stage.edgePort());
            if (result.problem().isPresent()) {
                failures++;
                narrator.step(fetch + "  FAILED: " + result.problem().get());
            } else {
                String kind = fetch.rsaOnly() ? "RSA" : "ECDSA";
                Identity identity = fetch.rsaOnly() ? props.rsa() : props.ecdsa();
                narrator.step("%s  %-11s  %s  %d ms".formatted(fetch, kind, identity.ski(), result.milliseconds()));
            }
        }
    }

    private void tellWhoSigned(Stage stage) throws IOException, InterruptedException {
        JsonObject status = stage.edgeStatus();
        long signatures = status.getJsonObject("signatures").getLong("succeeded");
        double seconds = status.getJsonObject("signatures").getDouble("seconds");
        narrator.step("The edge counts " + signatures + " signatures by key servers, on average "
                + "%.1f ms from question to answer.".formatted(signatures == 0 ? 0 : 1000 * seconds / signatures));
    }

    private void killOne(Stage stage) {
        KeyServerProcess victim = stage.keyServers().getFirst();
        victim.kill();
        narrator.step(victim.process() + " was killed (SIGKILL), as a crash would end it.");
        narrator.say("The edge asks the other one from now on; visitors should not notice.");
    }

    private void explain(Stage stage) throws IOException, InterruptedException {
        String lastFailure = stage.edgeStatus().getJsonObject("signatures").getString("lastFailure");
        if (lastFailure != null) narrator.say("Last signature that the edge did not get: " + lastFailure);
        tail(stage.edge());
        stage.keyServers().forEach(server -> tail(server.process()));
    }

    private void tail(ChildProcess process) {
        narrator.say("The end of " + process.log() + ":");
        narrator.say(process.logTail(15).indent(4));
    }

    private void stayUp(Props props, Stage stage, Path endpoints) throws InterruptedException {
        narrator.chapter("Everything stays up. Try, in another terminal:");
        narrator.blank();
        System.out.println("# the page, with the ECDSA certificate; then as a visitor who knows RSA only");
        System.out.println(new Fetch("1.3", "2", false).line(props, stage.edgePort()));
        System.out.println(new Fetch("1.3", "2", true).line(props, stage.edgePort()));
        System.out.println("# the handshake in detail");
        System.out.println("openssl s_client -connect 127.0.0.1:" + stage.edgePort() + " -servername " + Props.HOST
                + " -CAfile " + Fetch.quoted(props.siteCa().toString()) + " -brief </dev/null");
        System.out.println("# what the edge counts; what a key server counts");
        System.out.println("curl --silent " + stage.edgeManagement().resolve("/status"));
        System.out.println(
                "curl --silent " + stage.keyServers().getLast().management().resolve("/metrics"));
        System.out.println("# logs");
        System.out.println("tail " + Fetch.quoted(stage.edge().log().toString()));
        System.out.println("tail "
                + Fetch.quoted(stage.keyServers().getLast().process().log().toString()));
        System.out.println(
                "# the last key server: without it, new visitors are turned away and earlier ones still resume");
        System.out.println("kill " + stage.keyServers().getLast().process().pid());
        narrator.blank();
        System.out.println("All addresses, process ids and files: " + endpoints);
        System.out.println("Ctrl-C stops everything.");
        // The processes and this program end with the signal: see ChildProcess.
        new CountDownLatch(1).await();
    }
}
