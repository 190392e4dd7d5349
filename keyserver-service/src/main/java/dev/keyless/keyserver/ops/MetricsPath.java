package dev.keyless.keyserver.ops;

import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** gokeyless serves its metrics at {@code /metrics}; scrapers that were set up for it find ours there, too. */
@Singleton
class MetricsPath {

    void route(@Observes Router router) {
        router.get("/metrics").handler(context -> context.reroute("/q/metrics"));
    }
}
