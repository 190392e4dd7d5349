package dev.keyless.keyserver.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.keyless.keyserver.keys.KeysConfig;
import dev.keyless.keyserver.net.DrainConfig;
import dev.keyless.keyserver.net.LimitsConfig;
import dev.keyless.keyserver.net.ListenerConfig;
import dev.keyless.keyserver.ops.AuditConfig;
import dev.keyless.keyserver.ops.ProcessConfig;
import dev.keyless.keyserver.ops.ReloadConfig;
import dev.keyless.keyserver.peers.PeerOperations;
import dev.keyless.keyserver.peers.PeersConfig;
import dev.keyless.keyserver.signing.CryptoConfig;
import dev.keyless.keyserver.signing.OperationsConfig;
import dev.keyless.keyserver.signing.SealConfig;
import dev.keyless.keyserver.signing.SigningConfig;
import dev.keyless.keyserver.tls.TlsConfig;
import dev.keyless.protocol.Opcode;
import dev.keyless.protocol.Ski;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConfigMappingsTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final String SKI = "0123456789abcdef0123456789abcdef01234567";

    private static SmallRyeConfig config(Map<String, String> properties) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(properties, "test", 100));
        ConfigurationCheck.MAPPINGS.forEach(builder::withMapping);
        return builder.build();
    }

    /** Every property with its default; the elements of a list are the list's own matter. */
    private static Map<String, String> presets() {
        Map<String, String> presets = new HashMap<>();
        for (Class<?> mapping : ConfigurationCheck.MAPPINGS) {
            presets.putAll(ConfigClass.configClass(mapping).getProperties());
        }
        presets.keySet().removeIf(name -> name.endsWith("[*]"));
        return presets;
    }

    @Test
    void checksEveryMappingThereIs() {
        Set<String> all = new ClassFileImporter()
                .importPath(Path.of("target", "classes")).stream()
                        .filter(c -> c.isAnnotatedWith(ConfigMapping.class))
                        .map(JavaClass::getName)
                        .collect(Collectors.toSet());

        assertEquals(
                all, ConfigurationCheck.MAPPINGS.stream().map(Class::getName).collect(Collectors.toSet()));
    }

    @Test
    void hasTheseDefaults() {
        SmallRyeConfig config = config(Map.of());

        ListenerConfig listener = config.getConfigMapping(ListenerConfig.class);
        assertEquals("0.0.0.0", listener.host());
        assertEquals(2407, listener.port());
        LimitsConfig limits = config.getConfigMapping(LimitsConfig.class);
        assertEquals(4096, limits.connections());
        assertEquals(1024, limits.connectionsPerAddress());
        assertEquals(64, limits.pendingPerConnection());
        assertEquals(8192, limits.pending());
        assertEquals(16L << 20, limits.unread().asLongValue());
        assertEquals(Duration.ofSeconds(10), limits.handshakeTimeout());
        assertEquals(Duration.ofSeconds(30), limits.idleTimeout());
        assertEquals(Duration.ofSeconds(30), limits.readStall());
        assertEquals(Duration.ofSeconds(30), limits.writeStall());
        DrainConfig drain = config.getConfigMapping(DrainConfig.class);
        assertEquals(Duration.ofSeconds(5), drain.grace());
        assertEquals(Duration.ofSeconds(20), drain.timeout());
        TlsConfig tls = config.getConfigMapping(TlsConfig.class);
        assertEquals(Path.of("server.pem"), tls.certificate());
        assertEquals(Path.of("server-key.pem"), tls.key());
        assertEquals(List.of(Path.of("keyless_cacert.pem")), tls.clientCa());
        assertEquals(TlsConfig.Engine.AUTO, tls.engine());
        KeysConfig keys = config.getConfigMapping(KeysConfig.class);
        assertEquals(List.of(), keys.stores());
        assertEquals(false, keys.refuseLoosePermissions());
        SigningConfig signing = config.getConfigMapping(SigningConfig.class);
        assertEquals(OptionalInt.empty(), signing.threads());
        assertEquals(Duration.ofSeconds(5), signing.deadline());
        assertEquals(
                CryptoConfig.Provider.ACCP,
                config.getConfigMapping(CryptoConfig.class).provider());
        assertEquals(
                Optional.empty(),
                config.getConfigMapping(OperationsConfig.class).disabled());
        SealConfig seal = config.getConfigMapping(SealConfig.class);
        assertEquals(false, seal.enabled());
        assertEquals(Duration.ofHours(24), seal.rotation());
        assertEquals(Map.of(), config.getConfigMapping(PeersConfig.class).peers());
        assertEquals(
                Duration.ofSeconds(2),
                config.getConfigMapping(ReloadConfig.class).interval());
        assertEquals(false, config.getConfigMapping(AuditConfig.class).enabled());
        assertEquals(
                Optional.empty(), config.getConfigMapping(ProcessConfig.class).pidFile());
    }

    @Test
    void readsEveryProperty() {
        Map<String, String> given = Map.ofEntries(
                Map.entry("keyserver.host", "::1"),
                Map.entry("keyserver.port", "1"),
                Map.entry("keyserver.pid-file", "pid"),
                Map.entry("keyserver.limits.connections", "2"),
                Map.entry("keyserver.limits.connections-per-address", "3"),
                Map.entry("keyserver.limits.pending-per-connection", "4"),
                Map.entry("keyserver.limits.pending", "5"),
                Map.entry("keyserver.limits.unread", "5K"),
                Map.entry("keyserver.limits.handshake-timeout", "6s"),
                Map.entry("keyserver.limits.idle-timeout", "7m"),
                Map.entry("keyserver.limits.read-stall", "8ms"),
                Map.entry("keyserver.limits.write-stall", "9h"),
                Map.entry("keyserver.drain.grace", "0s"),
                Map.entry("keyserver.drain.timeout", "11s"),
                Map.entry("keyserver.tls.certificate", "c"),
                Map.entry("keyserver.tls.key", "k"),
                Map.entry("keyserver.tls.client-ca", "a,b"),
                Map.entry("keyserver.tls.engine", "openssl"),
                Map.entry("keyserver.keys.stores[0].dir", "d"),
                Map.entry("keyserver.keys.stores[1].file", "f"),
                Map.entry("keyserver.keys.stores[2].uri", "pkcs11:"),
                Map.entry("keyserver.keys.refuse-loose-permissions", "true"),
                Map.entry("keyserver.signing.threads", "12"),
                Map.entry("keyserver.signing.deadline", "13s"),
                Map.entry("keyserver.crypto.provider", "accp-fips"),
                Map.entry("keyserver.operations.disabled", "oprsadecrypt,RSA_SIGN_SHA1"),
                Map.entry("keyserver.seal.enabled", "true"),
                Map.entry("keyserver.seal.rotation", "14h"),
                Map.entry("keyserver.peers.\"e.example\".ca", "p"),
                Map.entry("keyserver.peers.\"e.example\".sans", "*.e.example,spiffe://e/x"),
                Map.entry("keyserver.peers.\"e.example\".subject", "CN=e"),
                Map.entry("keyserver.peers.\"e.example\".operations", "Ping,opseal"),
                Map.entry("keyserver.peers.\"e.example\".keys", SKI.toUpperCase(Locale.ROOT)),
                Map.entry("keyserver.reload.interval", "15s"),
                Map.entry("keyserver.audit.enabled", "true"));

        SmallRyeConfig config = config(given);

        assertEquals("::1", config.getConfigMapping(ListenerConfig.class).host());
        assertEquals(1, config.getConfigMapping(ListenerConfig.class).port());
        assertEquals(
                Path.of("pid"),
                config.getConfigMapping(ProcessConfig.class).pidFile().orElseThrow());
        LimitsConfig limits = config.getConfigMapping(LimitsConfig.class);
        assertEquals(2, limits.connections());
        assertEquals(3, limits.connectionsPerAddress());
        assertEquals(4, limits.pendingPerConnection());
        assertEquals(5, limits.pending());
        assertEquals(5 * 1024, limits.unread().asLongValue());
        assertEquals(Duration.ofSeconds(6), limits.handshakeTimeout());
        assertEquals(Duration.ofMinutes(7), limits.idleTimeout());
        assertEquals(Duration.ofMillis(8), limits.readStall());
        assertEquals(Duration.ofHours(9), limits.writeStall());
        assertEquals(Duration.ZERO, config.getConfigMapping(DrainConfig.class).grace());
        assertEquals(
                Duration.ofSeconds(11),
                config.getConfigMapping(DrainConfig.class).timeout());
        TlsConfig tls = config.getConfigMapping(TlsConfig.class);
        assertEquals(Path.of("c"), tls.certificate());
        assertEquals(Path.of("k"), tls.key());
        assertEquals(List.of(Path.of("a"), Path.of("b")), tls.clientCa());
        assertEquals(TlsConfig.Engine.OPENSSL, tls.engine());
        KeysConfig keys = config.getConfigMapping(KeysConfig.class);
        assertEquals(Path.of("d"), keys.stores().get(0).dir().orElseThrow());
        assertEquals(Path.of("f"), keys.stores().get(1).file().orElseThrow());
        assertEquals("pkcs11:", keys.stores().get(2).uri().orElseThrow());
        assertTrue(keys.refuseLoosePermissions());
        SigningConfig signing = config.getConfigMapping(SigningConfig.class);
        assertEquals(OptionalInt.of(12), signing.threads());
        assertEquals(Duration.ofSeconds(13), signing.deadline());
        assertEquals(
                CryptoConfig.Provider.ACCP_FIPS,
                config.getConfigMapping(CryptoConfig.class).provider());
        assertEquals(
                Set.of(Opcode.RSA_DECRYPT, Opcode.RSA_SIGN_SHA1),
                config.getConfigMapping(OperationsConfig.class).disabled().orElseThrow());
        assertTrue(config.getConfigMapping(SealConfig.class).enabled());
        assertEquals(
                Duration.ofHours(14), config.getConfigMapping(SealConfig.class).rotation());
        PeersConfig.PeerConfig peer =
                config.getConfigMapping(PeersConfig.class).peers().get("e.example");
        assertEquals(Path.of("p"), peer.ca().orElseThrow());
        assertEquals(List.of("*.e.example", "spiffe://e/x"), peer.sans().orElseThrow());
        assertEquals("CN=e", peer.subject().orElseThrow());
        assertEquals(Set.of(Opcode.PING, Opcode.SEAL), PeerOperations.union(peer.operations()));
        assertEquals(Set.of(Ski.parse(SKI)), peer.keys().orElseThrow());
        assertEquals(
                Duration.ofSeconds(15),
                config.getConfigMapping(ReloadConfig.class).interval());
        assertTrue(config.getConfigMapping(AuditConfig.class).enabled());
        for (String property : presets().keySet()) {
            assertTrue(
                    given.keySet().stream().anyMatch(g -> PropertyNames.covers(property, g)),
                    "this test does not set " + property);
        }
    }

    @Test
    void groupsOperations() {
        Set<Opcode> all = PeerOperations.find("ALL").orElseThrow().opcodes();
        Set<Opcode> signing = PeerOperations.find("sign").orElseThrow().opcodes();

        assertEquals(Opcode.values().length - 3, all.size());
        assertEquals(16, signing.size());
        assertEquals(
                Set.of(Opcode.RSA_DECRYPT),
                PeerOperations.find("decrypt").orElseThrow().opcodes());
        assertEquals(
                Set.of(Opcode.SEAL, Opcode.UNSEAL),
                PeerOperations.find("seal").orElseThrow().opcodes());
        assertEquals(Optional.empty(), PeerOperations.find("OpPong"));
        assertEquals(Optional.empty(), PeerOperations.find("fly"));
    }

    @Test
    void documentsEveryPropertyWithItsDefault() throws IOException {
        List<String> lines = Files.readAllLines(DOCS.resolve("configuration.md"));

        presets().forEach((name, preset) -> {
            String documented = name.replace("[*]", "[n]").replace("*", "\"name\"");
            String row = lines.stream()
                    .filter(l -> l.startsWith("| `" + documented + "` |"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("docs/configuration.md lacks a row for " + documented));
            if (preset != null && !preset.isEmpty()) {
                assertTrue(row.contains("| `" + preset + "` |"), "the default is " + preset + ", but docs say " + row);
            }
        });
    }

    @Test
    void documentsNoPropertyThatIsNotThere() throws IOException {
        Set<String> documented = Files.readAllLines(DOCS.resolve("configuration.md")).stream()
                .filter(l -> l.startsWith("| `keyserver."))
                .map(l -> l.split("`")[1].replace("[n]", "[*]").replace("\"name\"", "*"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(new TreeSet<>(presets().keySet()), documented);
    }

    @Test
    void documentsEverySettingOfGokeyless() throws IOException {
        String text = Files.readString(DOCS.resolve("gokeyless.md"));

        for (Setting setting : Setting.values()) {
            assertTrue(text.contains("`" + setting.key() + "`"), "docs/gokeyless.md lacks " + setting.key());
            if (setting.use() instanceof Setting.Mapped mapped) {
                String property = mapped.property().replace("[0]", "");
                assertTrue(
                        text.contains("| `" + setting.key() + "` | `" + property + "` |"),
                        "docs/gokeyless.md does not say what " + setting.key() + " becomes");
            }
        }
    }
}
