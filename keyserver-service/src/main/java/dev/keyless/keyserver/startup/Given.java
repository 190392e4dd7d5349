package dev.keyless.keyserver.startup;

/**
 * A value, and where it was given.
 *
 * @param where such as {@code flag --port} or {@code /etc/keyless/gokeyless.yaml, line 3, port}
 */
record Given(String value, String where) {}
