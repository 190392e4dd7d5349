package dev.keyless.keyserver.startup;

import dev.keyless.keyserver.keys.KeyListing;
import dev.keyless.keyserver.keys.KeysConfig;
import dev.keyless.keyserver.keys.LiveKeys;
import dev.keyless.keyserver.keys.crypto.CryptoChoice;
import dev.keyless.keyserver.keys.crypto.CryptoProvider;
import dev.keyless.keyserver.keys.stores.KeyStores;
import dev.keyless.keyserver.keys.stores.StoreEntry;
import dev.keyless.keyserver.signing.CryptoConfig;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The whole configuration, read and checked. */
final class Startup {

    /** Where gokeyless looks for its file when none is named, after the working directory. */
    private static final Path SYSTEM_FOLDER = Path.of("/etc/keyless");

    private final GokeylessSettings settings;
    private final SmallRyeConfig config;
    private final List<Problem> problems;

    private Startup(GokeylessSettings settings, SmallRyeConfig config, List<Problem> problems) {
        this.settings = settings;
        this.config = config;
        this.problems = problems;
    }

    /** Reads this process's environment and working directory. */
    static Startup read(CommandLine commandLine) {
        Path here = Path.of("");
        return read(commandLine, System.getenv(), here, List.of(here, SYSTEM_FOLDER), ConfigurationCheck::builder);
    }

    /**
     * @param directory what relative paths are relative to
     * @param folders where to look for a gokeyless.yaml when none is named
     * @param builder makes builders with the sources of our own properties
     */
    static Startup read(
            CommandLine commandLine,
            Map<String, String> environment,
            Path directory,
            List<Path> folders,
            Supplier<SmallRyeConfigBuilder> builder) {
        GokeylessSettings settings = GokeylessSettings.read(commandLine, environment, directory, folders);
        Supplier<SmallRyeConfigBuilder> all = () -> builder.get().withSources(settings.sources());
        SmallRyeConfig config = all.get().build();
        Origins origins = new Origins(config, List.of(settings.flags(), settings.rest()));
        List<Problem> problems = Stream.of(
                        commandLine.problems(),
                        settings.problems(),
                        new ConfigurationCheck(all, config, origins, directory).problems())
                .flatMap(List::stream)
                .toList();
        return new Startup(settings, config, problems);
    }

    /** Everything that keeps the server from starting. */
    List<Problem> problems() {
        return problems;
    }

    /** What has no effect, or not the one that might be expected; it keeps nothing from starting. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>(settings.warnings());
        if (config.getIndexedPropertiesIndexes("keyserver.keys.stores").isEmpty()) {
            warnings.add(
                    "no key store is configured, so nothing can be signed: set private_key_stores in gokeyless.yaml,"
                            + " or keyserver.keys.stores[0].dir");
        }
        return warnings.stream().map(Secrets::printable).toList();
    }

    /** What Quarkus is to read besides its own sources. */
    GokeylessSettings settings() {
        return settings;
    }

    /** Opens the key stores and looks at what is in them; only without problems. */
    KeyListing listKeys() {
        KeysConfig keys = config.getConfigMapping(KeysConfig.class);
        CryptoConfig crypto = config.getConfigMapping(CryptoConfig.class);
        CryptoProvider provider =
                CryptoProvider.open(CryptoChoice.valueOf(crypto.provider().name()));
        LiveKeys live = KeyStores.open(StoreEntry.listed(keys), keys.refuseLoosePermissions(), provider);
        live.reload();
        return KeyListing.of(live);
    }
}
