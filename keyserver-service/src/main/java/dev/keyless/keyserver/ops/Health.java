package dev.keyless.keyserver.ops;

import dev.keyless.keyserver.keys.LiveKeys;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * Ready means: can sign with every key that the key stores hold. A server whose stores were once all fine stays ready when a bad file
 * turns up later, for as long as it has keys: all replicas see the same file, and turning all of them away would take the
 * site down over a file that nobody needs yet. What is wrong is told all the same, here and in the metrics.
 */
@Singleton
class Health {

    private final Assembly assembly;

    Health(Assembly assembly) {
        this.assembly = assembly;
    }

    @Produces
    @Readiness
    HealthCheck ready() {
        return () -> {
            HealthCheckResponseBuilder response = HealthCheckResponse.named("signing");
            List<String> missing = missing(response);
            if (missing.isEmpty()) return response.up().build();
            return response.withData("missing", String.join("; ", missing))
                    .down()
                    .build();
        };
    }

    @Produces
    @Startup
    HealthCheck started() {
        return () -> HealthCheckResponse.named("listening")
                .status(assembly.keyserver().isPresent())
                .build();
    }

    /** Down only for what a restart would mend: an event loop that does not come round any more. */
    @Produces
    @Liveness
    HealthCheck live() {
        return () -> HealthCheckResponse.named("event loops")
                .status(assembly.keyserver()
                        .map(server -> server.parts().listener().responsive())
                        .orElse(true))
                .build();
    }

    private List<String> missing(HealthCheckResponseBuilder response) {
        Optional<Keyserver> server = assembly.keyserver();
        if (server.isEmpty()) return List.of("not listening yet");
        LiveKeys keys = server.get().parts().keys();
        List<String> problems = keys.problems();
        int size = keys.current().size();
        response.withData("keys", size);
        if (!problems.isEmpty()) response.withData("problems", String.join("; ", problems));
        server.get().parts().tls().problem().ifPresent(problem -> response.withData("tls", problem));

        List<String> missing = new ArrayList<>();
        if (server.get().stopping()) missing.add("stopping");
        if (size == 0) missing.add("no key in any key store");
        if (!keys.wasComplete() && !problems.isEmpty()) missing.add("a key store has problems");
        return missing;
    }
}
