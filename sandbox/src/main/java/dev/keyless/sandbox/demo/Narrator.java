package dev.keyless.sandbox.demo;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Prints what happens when it happens, with the seconds since the beginning. */
final class Narrator {

    private static final String INDENT = " ".repeat(10);

    private final PrintStream out;
    private final long began = System.nanoTime();

    Narrator(PrintStream out) {
        this.out = out;
    }

    /** A new part of the story. */
    void chapter(String title) {
        out.println();
        out.println(title);
    }

    /** Something that is done now. */
    void step(String text) {
        out.printf(
                Locale.ROOT,
                "%7.2f s %s%n",
                seconds(),
                text.strip().indent(INDENT.length()).strip());
    }

    /** More about the step before, or what to do. */
    void say(String text) {
        out.print(text.strip().indent(INDENT.length()));
    }

    void blank() {
        out.println();
    }

    double seconds() {
        return (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
