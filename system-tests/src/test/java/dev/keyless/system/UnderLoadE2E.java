package dev.keyless.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.keyless.sandbox.pki.CertificateSpec;
import dev.keyless.sandbox.pki.Identity;
import dev.keyless.sandbox.pki.KeyKind;
import dev.keyless.sandbox.process.KeyServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators do to a server in service, and what befalls it, while edges ask. */
class UnderLoadE2E {

    @TempDir
    Path folder;

    @Test
    void losesNoRequestWhileKeysCertificateAndClientCaAreReplaced() throws Exception {
        try (Lab lab = new Lab(folder, 1);
                Load load = load(lab)) {
            KeyServerProcess server = lab.servers.getFirst();
            Path own = server.configuration().resolveSibling(".").normalize();
            for (int round = 1; round <= 5; round++) {
                Identity added = lab.siteCa.issue(CertificateSpec.server("more.example.test"));
                added.writeKey(lab.keys.resolve("more-" + round + ".key"));
                rewrite(lab.keys.resolve(KeyKind.P256 + ".key"));
                Identity identity = lab.writeServerIdentity(own);
                rewrite(folder.resolve("keyless-ca.pem"));
                int keys = KeyKind.values().length + round;

                patiently().untilAsserted(() -> assertTrue(log(server).contains("Keys read: " + keys + " in service")));
                String serial = identity.certificate().getSerialNumber().toString();
                patiently().untilAsserted(() -> assertTrue(metrics(server).contains("serial_no=\"" + serial + "\"")));
                afterMore(load, 200);
            }

            assertEquals(List.of(), finish(load));
        }
    }

    @Test
    void readsEverythingAgainOnSighup() throws Exception {
        try (Lab lab = new Lab(folder, 1);
                Load load = load(lab)) {
            KeyServerProcess server = lab.servers.getFirst();

            Tool.run("kill", "-HUP", Long.toString(server.process().pid()));

            patiently().untilAsserted(() -> assertTrue(log(server).contains("Reload asked for by SIGHUP")));
            patiently().untilAsserted(() -> assertTrue(log(server).contains("0 added, 0 removed")));
            afterMore(load, 200);
            assertEquals(List.of(), finish(load));
        }
    }

    @Test
    void losesNoRequestWhenOneOfTwoServersIsStopped() throws Exception {
        try (Lab lab = new Lab(folder, 2);
                Load load = load(lab)) {
            for (KeyServerProcess server : lab.servers) {
                afterMore(load, 200);
                server.stop();
                assertTrue(log(server).contains("every request that was read has its answer"), log(server));
                afterMore(load, 200);
                server.restart();
                patiently()
                        .until(() -> lab.client.health().stream()
                                .allMatch(it -> it.state().name().equals("UP")));
            }

            assertEquals(List.of(), finish(load));
        }
    }

    @Test
    void goesOnWithTheOtherServerWhenOneIsKilled() throws Exception {
        try (Lab lab = new Lab(folder, 2);
                Load load = load(lab)) {
            afterMore(load, 200);

            lab.servers.getFirst().kill();

            afterMore(load, 500);
            List<Throwable> failures = finish(load);
            assertEquals(List.of(), failures, "the client asks the other server");
        }
    }

    @Test
    void goesOnSigningAfterABrokenKeyFileAndSaysSo() throws Exception {
        try (Lab lab = new Lab(folder, 1);
                Load load = load(lab)) {
            KeyServerProcess server = lab.servers.getFirst();
            Path key = lab.keys.resolve(KeyKind.P256 + ".key");
            Files.copy(lab.siteRoot(), folder.resolve("wrong"));
            Files.move(
                    folder.resolve("wrong"), key, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);

            patiently().untilAsserted(() -> assertTrue(log(server).contains("a certificate, not a private key")));
            afterMore(load, 200);

            assertEquals(List.of(), finish(load));
            assertTrue(Tool.run("curl", "-fsS", server.readiness().toString())
                    .output()
                    .contains("P256.key"));
        }
    }

    private static Load load(Lab lab) {
        Load load = new Load(
                lab.client,
                lab.sites.get(KeyKind.P256).ski(),
                lab.sites.get(KeyKind.RSA_2048).ski());
        afterMore(load, 50);
        return load;
    }

    private static void afterMore(Load load, int requests) {
        long goal = load.answered() + requests;
        patiently().until(() -> load.answered() >= goal);
    }

    private static List<Throwable> finish(Load load) {
        load.close();
        patiently().until(load::ended);
        return load.failures();
    }

    /** The same content in a new file under the same name, as tools that replace files atomically do it. */
    private static void rewrite(Path file) throws IOException {
        Path copy = file.resolveSibling(file.getFileName() + ".new");
        Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String log(KeyServerProcess server) throws IOException {
        return Files.readString(server.process().log());
    }

    private static String metrics(KeyServerProcess server) throws IOException, InterruptedException {
        return Tool.run("curl", "-fsS", server.management().resolve("/metrics").toString())
                .output();
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(60));
    }
}
