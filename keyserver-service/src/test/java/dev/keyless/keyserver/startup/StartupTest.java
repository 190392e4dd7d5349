package dev.keyless.keyserver.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartupTest {

    @TempDir
    Path directory;

    private Fixture here;

    @BeforeEach
    void makeDirectory() {
        here = new Fixture(directory);
    }

    private static void assertReported(List<Problem> problems, String where, String found) {
        assertTrue(
                problems.stream()
                        .anyMatch(p -> p.where().contains(where) && p.found().contains(found)),
                where + " with " + found + " is missing in\n" + Report.of(problems));
    }

    @Test
    void findsNothingWrongWithTheFilesThatGokeylessExpects() {
        Startup startup = here.start(Map.of(), Map.of());

        assertEquals(List.of(), startup.problems());
        assertEquals(1, startup.warnings().size());
        assertTrue(startup.warnings().getFirst().startsWith("no key store is configured"));
    }

    @Test
    void reportsEverythingAtOnce() {
        here.write("gokeyless.yaml", """
                loglevel: 9
                auth_cert: server-key.pem
                auth_key: gone.pem
                cloudflare_ca_cert: keys
                private_key_stores:
                - dir: keys
                  file: x
                - {}
                pid_file: /no/such/folder/pid
                """);
        Map<String, String> own = new HashMap<>(Map.of(
                "keyserver.port", "tcp://10.0.0.1:2407",
                "keyserver.tls.engine", "bar",
                "keyserver.limits.pending", "0",
                "keyserver.limits.connections", "many",
                "keyserver.limits.idle-timeout", "soon",
                "keyserver.limits.conections", "1",
                "keyserver.seal.enabled", "ture",
                "keyserver.operations.disabled", "OpRSADecrypt,OpFly"));
        own.put("keyserver.host", "");
        own.put("keyserver.signing.threads", "0");
        own.put("keyserver.drain.grace", "-1s");
        own.put("keyserver.peers.a.operations", "sign,fly");
        own.put("keyserver.peers.a.keys", "12");
        own.put("keyserver.peers.a.ca", "gone-ca.pem");
        own.put("keyserver.peers.\"b.c\".subject", "nonsense");

        List<Problem> problems = here.start(own, Map.of(), "--nope", "stray").problems();

        assertReported(problems, "command line", "--nope");
        assertReported(problems, "command line", "stray");
        assertReported(problems, "gokeyless.yaml, line 1, loglevel", "\"9\"");
        assertReported(problems, "line 2, auth_cert", "a private key in");
        assertReported(problems, "line 3, auth_key", "nothing at");
        assertReported(problems, "line 4, cloudflare_ca_cert", "the folder");
        assertReported(problems, "line 6, private_key_stores, dir", "dir and file in one entry");
        assertReported(problems, "line 8, private_key_stores", "none of dir, file and uri");
        assertReported(problems, "line 9, pid_file", "nothing at /no/such/folder");
        assertReported(problems, "keyserver.port (own)", "tcp://");
        assertReported(problems, "keyserver.tls.engine (own)", "bar");
        assertReported(problems, "keyserver.limits.pending (own)", "\"0\"");
        assertReported(problems, "keyserver.limits.connections (own)", "many");
        assertReported(problems, "keyserver.limits.idle-timeout (own)", "soon");
        assertReported(problems, "keyserver.limits.conections (own)", "does not exist");
        assertReported(problems, "keyserver.seal.enabled (own)", "ture");
        assertReported(problems, "keyserver.operations.disabled (own)", "OpFly");
        assertReported(problems, "keyserver.host (own)", "nothing");
        assertReported(problems, "keyserver.signing.threads (own)", "\"0\"");
        assertReported(problems, "keyserver.drain.grace (own)", "-1s");
        assertReported(problems, "keyserver.peers.a.operations (own)", "fly");
        assertReported(problems, "keyserver.peers.a.keys (own)", "12");
        assertReported(problems, "keyserver.peers.a.ca (own)", "nothing at");
        assertReported(problems, "keyserver.peers.\"b.c\".subject (own)", "nonsense");
        assertEquals(24, problems.size(), Report.of(problems));
        assertEquals(2, Report.exitCode(problems));
        assertTrue(Report.of(problems).startsWith("keyserver: not started, 24 problems"));
        assertEquals(25, Report.of(problems).lines().count());
    }

    @Test
    void looksAtConstraintsWhenThereIsNothingElse() {
        List<Problem> problems = here.start(
                        Map.of("keyserver.limits.pending", "0", "keyserver.port", "70000"), Map.of())
                .problems();

        assertEquals(2, problems.size(), Report.of(problems));
        assertEquals(1, Report.exitCode(problems));
    }

    @Test
    void knowsWhatWasProbablyMeant() {
        Problem problem = here.start(Map.of("keyserver.limits.conections", "1"), Map.of())
                .problems()
                .getFirst();

        assertTrue(problem.remedy().contains("Did you mean keyserver.limits.connections?"), problem.toString());
    }

    @Test
    void showsNoPin() {
        String uri = "pkcs11:token=t?pin-value=topsecret&x=y";

        assertEquals("\"pkcs11:token=t?pin-value=***&x=y\"", Secrets.shown(uri));
    }

    @Test
    void leavesBadKeyStoresToReadiness() {
        Startup startup = here.start(
                Map.of("keyserver.keys.stores[0].dir", "gone", "keyserver.keys.stores[1].uri", "pkcs11:token=t"),
                Map.of());

        assertEquals(List.of(), startup.problems());
        assertFalse(startup.listKeys().flawless());
    }

    @Test
    void keepsEachProblemOnItsLine() {
        List<Problem> problems =
                here.start(Map.of(), Map.of(), "a\nb\u001b[31m").problems();

        assertEquals(2, Report.of(problems).lines().count());
        assertFalse(Report.of(problems).contains("\u001b"));
    }

    @Test
    void refusesKeyStoresFromTwoPlaces() {
        here.folder("others");

        List<Problem> problems = here.start(
                        Map.of("keyserver.keys.stores[1].dir", "others"), Map.of("KEYLESS_PRIVATE_KEY_DIRS", "keys"))
                .problems();

        assertEquals(1, problems.size(), Report.of(problems));
        assertReported(problems, "keyserver.keys.stores", "more than one place");
    }

    @Test
    void refusesOnePortForTwo() {
        assertReported(
                here.start(Map.of(), Map.of(), "--port=2406", "--metrics-port=2406")
                        .problems(),
                "flag --metrics-port",
                "2406");
    }

    @Test
    void putsGokeylessAboveOurFileAndPathsThroughUnchanged() {

        here.write("x,y.pem", "-----BEGIN CERTIFICATE-----\n");

        Startup startup = here.start(
                Map.of("keyserver.keys.stores[0].dir", "gone", "keyserver.tls.client-ca", "gone"),
                Map.of("KEYLESS_CLOUDFLARE_CA_CERT", "x,y.pem"),
                "--private-key-files=server-key.pem");
        here.write("gokeyless.yaml", "private_key_stores:\n- dir: 'a,${b}$$\\c'\n");
        Startup file = here.start(Map.of(), Map.of());

        assertReported(startup.problems(), "keyserver.keys.stores[0]", "dir and file in one entry");
        assertEquals(2, startup.problems().size(), Report.of(startup.problems()));
        assertEquals(List.of(), file.problems());
        assertTrue(
                file.listKeys().text().contains("problem: a,${b}$$\\c does not exist"),
                file.listKeys().text());
    }

    @Test
    void refusesWhatIsNotDoneHere() {
        List<Problem> problems = here.start(Map.of(), Map.of(), "--manual-activation", "--output-config")
                .problems();

        assertEquals(2, problems.size());
        assertEquals(2, Report.exitCode(problems));
        assertTrue(Report.of(problems).contains("openssl req -new"));
    }
}
