package dev.keyless.client;

import org.jspecify.annotations.Nullable;

/** No server could be reached, or the connection broke; the message says why, server by server. */
public final class UnavailableException extends KeylessException {

    UnavailableException(String message) {
        super(message, null);
    }

    UnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
