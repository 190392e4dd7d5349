package dev.keyless.keyserver.startup;

import java.util.regex.Pattern;

/** Keeps secrets and control characters out of what is printed. */
final class Secrets {

    private static final int LONGEST_SHOWN = 200;
    private static final Pattern PIN = Pattern.compile("(?i)(pin-value=)[^&;\\s\"']*");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private Secrets() {}

    /** A value in quotes, without the PIN that a PKCS#11 URI may carry, and not longer than a line. */
    static String shown(String value) {
        String safe = withoutPin(value);
        return '"' + (safe.length() > LONGEST_SHOWN ? safe.substring(0, LONGEST_SHOWN) + "..." : safe) + '"';
    }

    static String withoutPin(String text) {
        return PIN.matcher(text).replaceAll("$1***");
    }

    static String printable(String text) {
        return CONTROL.matcher(text).replaceAll("?");
    }
}
