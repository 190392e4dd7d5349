package dev.keyless.keyserver.startup;

import dev.keyless.keyserver.keys.KeysConfig;
import dev.keyless.keyserver.net.DrainConfig;
import dev.keyless.keyserver.net.LimitsConfig;
import dev.keyless.keyserver.net.ListenerConfig;
import dev.keyless.keyserver.ops.AuditConfig;
import dev.keyless.keyserver.ops.ProcessConfig;
import dev.keyless.keyserver.ops.ReloadConfig;
import dev.keyless.keyserver.peers.PeersConfig;
import dev.keyless.keyserver.signing.CryptoConfig;
import dev.keyless.keyserver.signing.OperationsConfig;
import dev.keyless.keyserver.signing.SealConfig;
import dev.keyless.keyserver.signing.SigningConfig;
import dev.keyless.keyserver.tls.TlsConfig;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidator;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/** Looks for everything that is wrong with a configuration: values, and the files that they name. */
final class ConfigurationCheck {

    /** Every typed configuration there is. */
    static final Set<Class<?>> MAPPINGS = Set.of(
            AuditConfig.class,
            CryptoConfig.class,
            DrainConfig.class,
            KeysConfig.class,
            LimitsConfig.class,
            ListenerConfig.class,
            OperationsConfig.class,
            PeersConfig.class,
            ProcessConfig.class,
            ReloadConfig.class,
            SealConfig.class,
            SigningConfig.class,
            TlsConfig.class);

    private final Supplier<SmallRyeConfigBuilder> builder;
    private final SmallRyeConfig config;
    private final Origins origins;
    private final Path directory;
    private final Set<ConfigClass> mappings =
            MAPPINGS.stream().map(ConfigClass::configClass).collect(Collectors.toSet());

    /**
     * @param builder has all sources; asked again for a second look if the first one finds something
     * @param config what it builds
     */
    ConfigurationCheck(
            Supplier<SmallRyeConfigBuilder> builder, SmallRyeConfig config, Origins origins, Path directory) {
        this.builder = builder;
        this.config = config;
        this.origins = origins;
        this.directory = directory;
    }

    /** Reads the same places as Quarkus will: system properties, variables, {@code application.properties}. */
    static SmallRyeConfigBuilder builder() {
        return ConfigUtils.emptyConfigBuilder().withValidator(new Constraints());
    }

    /** All of it; nothing if the server can start with this. */
    List<Problem> problems() {
        ValueProblems values = new ValueProblems(config, origins, mappings);
        Set<Problem> problems = new LinkedHashSet<>();
        List<String> messages = messages(() -> ConfigMappings.registerConfigMappings(config, mappings));
        messages.stream().map(values::of).forEach(problems::add);
        if (!messages.isEmpty()) constraints(messages).stream().map(values::of).forEach(problems::add);
        problems.addAll(values.unclearSwitches());
        problems.addAll(ports());
        problems.addAll(new NamedFiles(config, origins, directory).problems());
        return List.copyOf(problems);
    }

    /**
     * The violated constraints, which SmallRye looks at only when there is nothing else to complain of: so look once more,
     * with defaults in the place of what cannot be read.
     */
    private List<String> constraints(List<String> messages) {
        Map<String, String> mended = messages.stream()
                .flatMap(m -> ValueProblems.unreadable(m).stream())
                .collect(Collectors.toMap(p -> p, this::preset, (a, _) -> a));
        SmallRyeConfig second = builder.get()
                .withSources(new PropertiesConfigSource(mended, "defaults", Integer.MAX_VALUE))
                .build();
        return messages(() -> ConfigMappings.registerConfigProperties(second, mappings)).stream()
                .filter(m -> ValueProblems.unreadable(m).isEmpty())
                .toList();
    }

    private static List<String> messages(Runnable mapping) {
        try {
            mapping.run();
            return List.of();
        } catch (ConfigValidationException e) {
            return IntStream.range(0, e.getProblemCount())
                    .mapToObj(i -> e.getProblem(i).getMessage())
                    .toList();
        }
    }

    private String preset(String property) {
        return mappings.stream()
                .flatMap(m -> m.getProperties().entrySet().stream())
                .filter(e -> e.getValue() != null && PropertyNames.covers(e.getKey(), property))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    private List<Problem> ports() {
        String metrics = "quarkus.http.port";
        String edges = "keyserver.port";
        Optional<String> metricsPort =
                Optional.ofNullable(config.getConfigValue(metrics).getValue());
        Optional<String> edgesPort =
                Optional.ofNullable(config.getConfigValue(edges).getValue());
        if (metricsPort.isEmpty()
                || !metricsPort.equals(edgesPort)
                || metricsPort.get().equals("0")) return List.of();
        return List.of(Problem.configuration(
                origins.where(metrics),
                Secrets.shown(metricsPort.get()) + ", as for " + origins.where(edges),
                "two different ports",
                "Change one of them."));
    }

    /** Runs the constraints of the interfaces. Without expression language: no message of ours needs it. */
    private static final class Constraints implements BeanValidationConfigValidator {

        @Override
        public Validator getValidator() {
            return Validation.byDefaultProvider()
                    .configure()
                    .messageInterpolator(new ParameterMessageInterpolator())
                    .buildValidatorFactory()
                    .getValidator();
        }
    }
}
