package dev.keyless.keyserver.signing;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/**
 * How much the operating system prefers other threads to the calling one (see {@code nice(1)}). Java's own thread
 * priorities have no effect on Linux.
 */
final class Niceness {

    /** For {@code setpriority(2)}: who is named by a thread id, 0 for the calling thread. */
    private static final int PRIO_PROCESS = 0;

    private Niceness() {}

    /**
     * Makes the calling thread give way. Without effect, and without harm, where that cannot be done: on systems other than
     * Linux the call would mean the whole process.
     *
     * @param nice 1 to 19; each step is worth about a quarter of the share of a thread that competes
     */
    @SuppressWarnings("restricted") // one call into the C library, of a fixed signature
    static void giveWay(int nice) {
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) return;
        try {
            Linker linker = Linker.nativeLinker();
            MethodHandle setpriority = linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("setpriority"),
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
            int _ = (int) setpriority.invokeExact(PRIO_PROCESS, 0, nice);
        } catch (Throwable e) {
            return; // as it was: only less fair on a machine with too few processors
        }
    }
}
