package dev.keyless.keyserver.startup;

/**
 * One thing that keeps the server from starting. No part of it may hold a secret: values are shown as {@link Secrets#shown}
 * leaves them.
 *
 * @param where which setting, in which file, variable or flag
 * @param found what is there
 * @param expected what should be there
 * @param remedy what to do
 * @param kind what sort of mistake it is
 */
record Problem(String where, String found, String expected, String remedy, Kind kind) {

    /** Decides the exit code. */
    enum Kind {
        /** The command line cannot be understood. */
        USAGE,
        /** It can, but a setting is wrong. */
        CONFIGURATION
    }

    static Problem usage(String where, String found, String expected, String remedy) {
        return new Problem(where, found, expected, remedy, Kind.USAGE);
    }

    static Problem configuration(String where, String found, String expected, String remedy) {
        return new Problem(where, found, expected, remedy, Kind.CONFIGURATION);
    }

    /** All of it, on one line. */
    @Override
    public String toString() {
        return Secrets.printable(where + ": found " + found + "; expected " + expected + ". " + remedy);
    }
}
