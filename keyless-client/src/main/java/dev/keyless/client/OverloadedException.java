package dev.keyless.client;

/** As many requests are waiting as are allowed to; this one was not sent. */
public final class OverloadedException extends KeylessException {

    OverloadedException(String message) {
        super(message, null);
    }
}
