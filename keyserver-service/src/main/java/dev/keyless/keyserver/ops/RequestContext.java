package dev.keyless.keyserver.ops;

import dev.keyless.protocol.Frame;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** The JSON object that a request may carry for logs and traces. */
final class RequestContext {

    private RequestContext() {}

    /** Its member {@code request_id}, if there is such a text; made safe for logs. Broken JSON has none. */
    static Optional<String> requestId(Frame request) {
        return request.requestContext().flatMap(RequestContext::parse);
    }

    private static Optional<String> parse(String json) {
        try {
            return new JsonObject(json).getValue("request_id") instanceof String id
                    ? Optional.of(Text.safe(id))
                    : Optional.empty();
        } catch (DecodeException e) {
            return Optional.empty();
        }
    }
}
