package dev.keyless.keyserver.ops;

import java.time.Instant;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/**
 * Every message that an operator may see, with an id that stays. They are listed in {@code docs/operations.md}. Keys of
 * values: {@code ski}, {@code peer}, {@code remote}, {@code file}.
 */
@MessageLogger(projectCode = "KEYLESS", length = 4)
interface KeyserverLog extends BasicLogger {

    KeyserverLog LOG = Logger.getMessageLogger(
            java.lang.invoke.MethodHandles.lookup(), KeyserverLog.class, "dev.keyless.keyserver");

    @LogMessage(level = Level.INFO)
    @Message(id = 1, value = "Listening on %s:%d with %d keys; TLS by %s, signatures by %s on %d threads")
    void listening(String host, int port, int keys, String tlsEngine, String cryptoProvider, int threads);

    @LogMessage(level = Level.INFO)
    @Message(id = 2, value = "Keys read: %d in service, %d added, %d removed")
    void keysRead(int keys, int added, int removed);

    @LogMessage(level = Level.ERROR)
    @Message(id = 3, value = "Key store: %s")
    void keyProblem(String problem);

    @LogMessage(level = Level.WARN)
    @Message(id = 4, value = "Key store: %s")
    void keyWarning(String warning);

    @LogMessage(level = Level.INFO)
    @Message(id = 5, value = "TLS identity in service: subject=%s, valid until %s, %d client authorities")
    void tlsRead(String subject, Instant end, int authorities);

    @LogMessage(level = Level.ERROR)
    @Message(id = 6, value = "TLS identity not reloaded, the one in service stays: %s")
    void tlsReloadFailed(String problem);

    @LogMessage(level = Level.INFO)
    @Message(id = 7, value = "Stopping: not ready from now on, still serving for %s")
    void stopping(String grace);

    @LogMessage(level = Level.INFO)
    @Message(id = 8, value = "Draining: accepting no more connections, %d open, %d requests pending")
    void draining(int connections, int pending);

    @LogMessage(level = Level.INFO)
    @Message(id = 9, value = "Drained in %s: every request that was read has its answer")
    void drained(String time);

    @LogMessage(level = Level.WARN)
    @Message(id = 10, value = "Not drained within %s: %d connections and %d pending requests are cut")
    void notDrained(String timeout, int connections, int pending);

    @LogMessage(level = Level.WARN)
    @Message(id = 11, value = "Connection refused: remote=%s, %s%s")
    void connectionRefused(String remote, String why, String suppressed);

    @LogMessage(level = Level.ERROR)
    @Message(id = 12, value = "Bug: a request was answered with an internal error: peer=%s%s")
    void bug(String peer, String suppressed, @Cause Throwable cause);

    @LogMessage(level = Level.WARN)
    @Message(id = 13, value = "%s expires on %s: subject=%s; renew it, the new file is taken up without a restart")
    void certificateExpires(String file, Instant end, String subject);

    @LogMessage(level = Level.ERROR)
    @Message(id = 14, value = "Reload of %s failed, what was in service stays: %s")
    void reloadFailed(String what, String problem);

    @LogMessage(level = Level.INFO)
    @Message(id = 15, value = "Reload asked for by SIGHUP")
    void hangup();

    @LogMessage(level = Level.WARN)
    @Message(id = 16, value = "Cannot listen for SIGHUP on this platform; changed files are taken up all the same")
    void noHangup();

    @LogMessage(level = Level.ERROR)
    @Message(id = 18, value = "Cannot listen on %s:%d: %s; is another server there, or may this user not listen there?")
    void cannotListen(String host, int port, String cause);

    @LogMessage(level = Level.WARN)
    @Message(id = 17, value = "%s")
    void cryptoFallback(String warning);
}
