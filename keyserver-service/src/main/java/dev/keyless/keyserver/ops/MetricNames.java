package dev.keyless.keyserver.ops;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.NamingConvention;
import io.quarkus.micrometer.runtime.MeterRegistryCustomizer;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Exports our timers under the names that gokeyless gives them, without {@code _seconds} at the end. */
@Singleton
class MetricNames implements MeterRegistryCustomizer {

    private static final String OURS = "keyless_";

    @Override
    public void customize(MeterRegistry registry) {
        NamingConvention usual = registry.config().namingConvention();
        registry.config().namingConvention(new NamingConvention() {
            @Override
            public String name(String name, Meter.Type type, @Nullable String baseUnit) {
                boolean asItIs = type == Meter.Type.TIMER && name.startsWith(OURS);
                return asItIs ? name : usual.name(name, type, baseUnit);
            }

            @Override
            public String tagKey(String key) {
                return usual.tagKey(key);
            }

            @Override
            public String tagValue(String value) {
                return usual.tagValue(value);
            }
        });
    }
}
