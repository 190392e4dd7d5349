package dev.keyless.keyserver.ops;

import dev.keyless.keyserver.signing.Served;
import dev.keyless.protocol.Frame;
import dev.keyless.protocol.Opcode;
import dev.keyless.protocol.Ski;
import java.net.InetAddress;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * One line an operation: who asked for what with which key, and what came of it. Off unless switched on; it has a logger
 * of its own, so that it can go to a file of its own.
 */
final class Audit {

    private static final Logger LOG = Logger.getLogger("dev.keyless.keyserver.audit");

    void record(Served served) {
        Frame request = served.request();
        put("peer", served.peer().name());
        put("opcode", Opcode.find(request.opcode()).map(Opcode::wireName).orElse("Op(" + request.opcode() + ")"));
        put("ski", request.ski().map(Ski::hex).orElse("-"));
        put("serverName", request.serverName().map(Text::safe).orElse("-"));
        put("clientIp", request.clientIp().map(InetAddress::getHostAddress).orElse("-"));
        put("requestId", RequestContext.requestId(request).orElse("-"));
        put("outcome", served.outcome().error().text());
        put("micros", Long.toString(served.totalNanos() / 1000));
        LOG.infof(
                "peer=%s opcode=%s ski=%s serverName=\"%s\" clientIp=%s requestId=\"%s\" outcome=\"%s\" micros=%s",
                MDC.get("peer"),
                MDC.get("opcode"),
                MDC.get("ski"),
                MDC.get("serverName"),
                MDC.get("clientIp"),
                MDC.get("requestId"),
                MDC.get("outcome"),
                MDC.get("micros"));
        MDC.clear();
    }

    /** In the log record as well as in its text: JSON logs then have a field for each. */
    private static void put(String key, String value) {
        MDC.put(key, value);
    }
}
