package dev.keyless.keyserver.startup;

import java.util.regex.Pattern;

/** Keeps secrets and control characters out of what is printed. */
final class Secrets {

    private static final int LONGEST_SHOWN = 200;
    private static final int LONGEST_LINE = 1000;
    private static final Pattern PIN = Pattern.compile("(?i)(pin-value=)[^&;\\s\"']*");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private Secrets() {}

    /** A value in quotes, without the PIN that a PKCS#11 URI may carry, and not longer than a line. */
    static String shown(String value) {
        return '"' + cut(withoutPin(value), LONGEST_SHOWN) + '"';
    }

    private static String cut(String text, int longest) {
        return text.length() > longest ? text.substring(0, longest) + "..." : text;
    }

    static String withoutPin(String text) {
        return PIN.matcher(text).replaceAll("$1***");
    }

    /** On one line, and not a long one. */
    static String printable(String text) {
        return CONTROL.matcher(cut(text, LONGEST_LINE)).replaceAll("?");
    }
}
