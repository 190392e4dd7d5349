package dev.keyless.keyserver.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GokeylessSettingsTest {

    private static final String WHOLE_FILE = """
            loglevel: 2
            hostname: keys.example.com
            zone_id: 0123
            origin_ca_api_key: v1.0-topsecret
            api_token: topsecret
            init_endpoint: https://api.example.com/
            auth_cert: /etc/keyless/server.pem
            auth_key: /etc/keyless/server-key.pem
            auth_csr: /etc/keyless/server.csr
            cloudflare_ca_cert: /etc/keyless/a,b.pem
            private_key_stores:
            - dir: /etc/keyless/keys
            - file: one.pem
            - uri: pkcs11:token=t;object=k?pin-value=12$${x}34
            port: 3407
            metrics_port: 3406
            pid_file: /run/keyless.pid
            current_time: 2020-01-01T00:00:00Z
            tracing_enabled: true
            tracing_address: localhost:6831
            tracing_sample_rate: 0.5
            sign_timeout: 1m30s
            sign_retry_count: 2
            """;

    @TempDir
    Path directory;

    private Fixture here;

    @BeforeEach
    void makeDirectory() {
        here = new Fixture(directory);
    }

    private static Map<String, String> properties(ConfigSource source) {
        return source.getPropertyNames().stream().collect(Collectors.toMap(n -> n, source::getValue));
    }

    @Test
    void mapsEveryKeyOfTheFile() {
        here.write("gokeyless.yaml", WHOLE_FILE);

        GokeylessSettings settings = here.settings(Map.of());

        assertEquals(List.of(), settings.problems());
        assertEquals(Map.of(), properties(settings.flags()));
        Map<String, String> expected = new HashMap<>(Map.of(
                "quarkus.log.level", "WARN",
                "keyserver.tls.certificate", "/etc/keyless/server.pem",
                "keyserver.tls.key", "/etc/keyless/server-key.pem",
                "keyserver.tls.client-ca[0]", "/etc/keyless/a,b.pem",
                "keyserver.port", "3407",
                "quarkus.http.port", "3406",
                "keyserver.pid-file", "/run/keyless.pid",
                "keyserver.signing.deadline", "PT1M30S"));
        expected.put("keyserver.keys.stores[0].dir", "/etc/keyless/keys");
        expected.put("keyserver.keys.stores[1].file", "one.pem");
        expected.put("keyserver.keys.stores[2].uri", "pkcs11:token=t;object=k?pin-value=12\\$\\${x}34");
        assertEquals(expected, properties(settings.rest()));
    }

    @Test
    void warnsOnceOfEachKeyWithoutEffectAndNeverShowsItsValue() {
        here.write("gokeyless.yaml", WHOLE_FILE + "hostnme: x\n");

        List<String> warnings = here.settings(Map.of()).warnings();

        for (Setting setting : Setting.values()) {
            boolean retired = setting.use() instanceof Setting.Retired;
            long said = warnings.stream()
                    .filter(w -> w.contains(", " + setting.key() + " has no effect"))
                    .count();
            assertEquals(retired ? 1 : 0, said, setting.key() + " in " + warnings);
        }
        assertTrue(warnings.stream()
                .anyMatch(w -> w.contains("line 24, hostnme") && w.contains("Did you mean hostname?")));
        assertEquals(12, warnings.size(), warnings.toString());
        assertFalse(warnings.toString().contains("topsecret"));
    }

    @Test
    void warnsOfNothingThatIsSwitchedOff() {
        here.write(
                "gokeyless.yaml",
                "tracing_enabled: false\nzone_id:\nhostname: ''\nsign_retry_count: 0\napi_token: ~\n");

        assertEquals(List.of(), here.settings(Map.of()).warnings());
    }

    @Test
    void putsAFlagBeforeAVariableBeforeTheFile() {
        here.write("gokeyless.yaml", "port: 1\nauth_cert: f\nauth_key: f\n");
        Map<String, String> environment = Map.of("KEYLESS_PORT", "2", "KEYLESS_AUTH_CERT", "v");

        GokeylessSettings settings = here.settings(environment, "--port", "3");

        assertEquals(Map.of("keyserver.port", "3"), properties(settings.flags()));
        assertEquals(Map.of("keyserver.tls.certificate", "v", "keyserver.tls.key", "f"), properties(settings.rest()));
        assertEquals("flag --port", settings.flags().origin("keyserver.port").orElseThrow());
        assertEquals(
                "variable KEYLESS_AUTH_CERT",
                settings.rest().origin("keyserver.tls.certificate").orElseThrow());
        assertEquals(
                directory.resolve("gokeyless.yaml") + ", line 3, auth_key",
                settings.rest().origin("keyserver.tls.key").orElseThrow());
    }

    @Test
    void takesAnEmptyVariableForNone() {
        here.write("gokeyless.yaml", "port: 1\n");

        assertEquals("1", here.settings(Map.of("KEYLESS_PORT", "")).rest().getValue("keyserver.port"));
    }

    @Test
    void takesEveryVariable() {
        Map<String, String> environment = Map.of(
                "KEYLESS_LOGLEVEL", "0",
                "KEYLESS_METRICS_PORT", "1",
                "KEYLESS_AUTH_KEY", "k",
                "KEYLESS_CLOUDFLARE_CA_CERT", "c",
                "KEYLESS_PID_FILE", "p",
                "KEYLESS_SIGN_TIMEOUT", "2s",
                "KEYLESS_PRIVATE_KEY_DIRS", "a, b,",
                "KEYLESS_PRIVATE_KEY_FILES", "f");

        GokeylessSettings settings = here.settings(environment);

        assertEquals(List.of(), settings.warnings());
        assertEquals(
                Map.of(
                        "quarkus.log.level", "DEBUG",
                        "quarkus.http.port", "1",
                        "keyserver.tls.key", "k",
                        "keyserver.tls.client-ca[0]", "c",
                        "keyserver.pid-file", "p",
                        "keyserver.signing.deadline", "PT2S",
                        "keyserver.keys.stores[0].dir", "a",
                        "keyserver.keys.stores[1].dir", "b",
                        "keyserver.keys.stores[2].file", "f"),
                properties(settings.rest()));
    }

    @Test
    void replacesTheWholeListOfStores() {
        here.write("gokeyless.yaml", "private_key_stores:\n- dir: a\n- dir: b\n");
        Map<String, String> environment = Map.of("KEYLESS_PRIVATE_KEY_DIRS", "c,d");

        GokeylessSettings variable = here.settings(environment);
        GokeylessSettings flag = here.settings(environment, "--private-key-files=e");

        assertEquals(
                Map.of("keyserver.keys.stores[0].dir", "c", "keyserver.keys.stores[1].dir", "d"),
                properties(variable.rest()));
        assertEquals(Map.of(), properties(flag.rest()));
        assertEquals(Map.of("keyserver.keys.stores[0].file", "e"), properties(flag.flags()));
    }

    @Test
    void warnsOfVariablesThatDoNothing() {
        Map<String, String> environment = Map.of(
                "KEYLESS_PROT", "1",
                "KEYLESS_PRIVATE_KEY_STORES", "x",
                "KEYLESS_API_TOKEN", "topsecret",
                "KEYLESS_HOSTNAME", "h");

        List<String> warnings = here.settings(environment).warnings();

        assertEquals(4, warnings.size(), warnings.toString());
        assertTrue(warnings.stream().anyMatch(w -> w.contains("Did you mean KEYLESS_PORT?")), warnings.toString());
        assertTrue(warnings.stream().anyMatch(w -> w.contains("use KEYLESS_PRIVATE_KEY_DIRS")), warnings.toString());
        assertFalse(warnings.toString().contains("topsecret"));
    }

    @Test
    void passesOverWhatKubernetesMadeFromAService() {
        Map<String, String> environment = Map.of(
                "KEYLESS_PORT", "tcp://10.0.0.1:2407",
                "KEYLESS_SERVICE_HOST", "10.0.0.1",
                "KEYLESS_SERVICE_PORT_KEYS", "2407",
                "KEYLESS_PORT_2407_TCP_ADDR", "10.0.0.1");

        GokeylessSettings settings = here.settings(environment);

        assertEquals(Map.of(), properties(settings.rest()));
        assertEquals(1, settings.warnings().size(), settings.warnings().toString());
        assertTrue(settings.warnings().getFirst().contains("enableServiceLinks"));
    }

    @ParameterizedTest
    @CsvSource({"0, DEBUG", "1, INFO", "2, WARN", "3, ERROR", "4, FATAL", "5, FATAL"})
    void translatesLogLevels(String level, String expected) {
        assertEquals(expected, here.settings(Map.of(), "-l", level).flags().getValue("quarkus.log.level"));
    }

    @Test
    void keepsADeadlineWhereGokeylessHasNone() {
        GokeylessSettings settings = here.settings(Map.of("KEYLESS_SIGN_TIMEOUT", "0s"));

        assertEquals(Map.of(), properties(settings.rest()));
        assertEquals(1, settings.warnings().size());
    }

    @Test
    void findsTheNamedFileByFlagBeforeVariable() {
        here.write("a.yml", "port: 1\n").write("b.json", "{\"port\": 2, \"private_key_stores\": [{\"dir\": \"d\"}]}");
        Map<String, String> environment = Map.of("KEYLESS_CONFIG_FILE", "a.yml");

        assertEquals("1", here.settings(environment).rest().getValue("keyserver.port"));
        GokeylessSettings json = here.settings(environment, "-c", "b.json");
        assertEquals("2", json.rest().getValue("keyserver.port"));
        assertEquals("d", json.rest().getValue("keyserver.keys.stores[0].dir"));
    }

    @Test
    void looksInTheWorkingDirectoryFirst() {
        here.folder("system").folder("work");
        here.write("system/gokeyless.yaml", "port: 1\nauth_key: k\n").write("work/gokeyless.yml", "port: 2\n");
        List<Path> folders = List.of(directory.resolve("work"), directory.resolve("system"));

        GokeylessSettings settings = GokeylessSettings.read(CommandLine.parse(List.of()), Map.of(), directory, folders);

        assertEquals(Map.of("keyserver.port", "2"), properties(settings.rest()));
    }

    @Test
    void needsNoFileButTheOneThatIsNamed() {
        assertEquals(List.of(), here.settings(Map.of()).problems());
        assertProblem(
                here.settings(Map.of("KEYLESS_CONFIG_FILE", "no.yaml")),
                "variable KEYLESS_CONFIG_FILE",
                "no such file");
        assertProblem(here.settings(Map.of(), "--config-file", "a.toml"), "flag --config-file", "a.toml");
        here.folder("x.yaml");
        assertProblem(here.settings(Map.of(), "--config-file", "x.yaml"), "flag --config-file", "a folder");
    }

    @Test
    void saysThatATomlFileIsNotRead() {
        here.write("gokeyless.toml", "port = 1\n");

        assertTrue(here.settings(Map.of()).warnings().getFirst().contains("gokeyless.toml is not read"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- a list",
                "just text",
                "port: [1, 2]",
                "port: {a: 1}",
                "auth_key: &a [*a]",
                "port: 1\nPORT: 2",
                "port: 1\n  bad: indent: topsecret",
                "api_token: *topsecret",
                "api_token: \"topsecret",
                "a: 1\n---\nb: 2",
                "private_key_stores: /keys",
                "private_key_stores: [keys]",
                "private_key_stores: [{}]",
                "private_key_stores: [{directory: /keys}]",
                "private_key_stores: [{dir: [a]}]",
                "\u0000",
            })
    void refusesAFileThatIsNoneWithoutQuotingIt(String content) {
        here.write("gokeyless.yaml", content);

        List<Problem> problems = here.settings(Map.of()).problems();

        assertFalse(problems.isEmpty());
        assertFalse(problems.toString().contains("topsecret"), problems.toString());
        assertTrue(problems.stream().allMatch(p -> p.where().contains("gokeyless.yaml")), problems.toString());
    }

    @Test
    void boundsWhatItReads() {
        here.write("gokeyless.yaml", "#".repeat(1 << 20) + "\n");
        assertProblem(here.settings(Map.of()), "gokeyless.yaml", "more than 1048576 bytes");
        here.write("gokeyless.yaml", "zone_id: " + "[".repeat(100_000));
        assertFalse(here.settings(Map.of()).problems().isEmpty());
    }

    @Test
    void saysWhichLineHasAWrongValue() {
        here.write("gokeyless.yaml", "loglevel: 6\nport: 65536\nmetrics_port: x\nsign_timeout: 2\n");

        List<Problem> problems = here.settings(Map.of()).problems();

        assertEquals(4, problems.size(), problems.toString());
        assertTrue(problems.stream()
                .anyMatch(p -> p.where().contains("line 2, port") && p.found().equals("\"65536\"")));
    }

    private static void assertProblem(GokeylessSettings settings, String where, String found) {
        assertEquals(1, settings.problems().size(), settings.problems().toString());
        Problem problem = settings.problems().getFirst();
        assertTrue(problem.where().contains(where) && problem.found().contains(found), problem.toString());
    }
}
