package dev.keyless.client;

import org.jspecify.annotations.Nullable;

/**
 * A request was not served. Without a stack trace: it would show an event loop, and building it costs more than a
 * request does.
 */
public abstract sealed class KeylessException extends RuntimeException
        permits RefusedException, DeadlineExceededException, UnavailableException, OverloadedException {

    KeylessException(String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
    }
}
