package dev.keyless.keyserver.reload;

/** Something in service that was read from somewhere and can be read again. What is in service stays until it is replaced. */
public interface Reloadable {

    /** What it is, for logs: {@code keys}, {@code server certificate}. */
    String name();

    /**
     * Takes over what has changed and has settled since; asked over and over, so it is cheap when nothing has.
     *
     * @return whether anything was read again
     */
    boolean refresh();

    /** Reads everything again, changed or not. */
    void reload();
}
