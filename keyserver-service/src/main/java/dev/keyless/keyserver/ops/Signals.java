package dev.keyless.keyserver.ops;

import static dev.keyless.keyserver.ops.KeyserverLog.LOG;

import java.lang.reflect.Proxy;

/**
 * The signals of a Unix process that the JVM leaves to us. Java's only way to them is a class without a promise, so it is
 * reached by its name: where it is missing, the server goes without.
 */
final class Signals {

    private Signals() {}

    /** On SIGHUP, which asks a daemon to read its files again. The action must return soon. */
    static void onHangup(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours =
                    Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, (_, _, _) -> {
                        LOG.hangup();
                        action.run();
                        return null;
                    });
            Object hangup = signal.getConstructor(String.class).newInstance("HUP");
            signal.getMethod("handle", signal, handler).invoke(null, hangup, ours);
        } catch (ReflectiveOperationException e) { // also what the class itself throws, where there is no such signal
            LOG.noHangup();
        }
    }
}
