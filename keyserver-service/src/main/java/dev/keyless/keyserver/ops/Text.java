package dev.keyless.keyserver.ops;

/** Other people's text in our logs. */
final class Text {

    private static final int MAX_LENGTH = 256;

    private Text() {}

    /**
     * What could end a line or a quoted value, or hide something, replaced, so that nobody can write log lines of their own;
     * not longer than 256 characters.
     */
    static String safe(String text) {
        String cut = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "..." : text;
        return cut.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}\"\\\\]", "?");
    }
}
