package dev.keyless.bench;

import org.jspecify.annotations.Nullable;

/** Something cannot be measured; the message says what stands in the way. */
final class BenchException extends RuntimeException {

    private static final long serialVersionUID = 1;

    BenchException(String message) {
        super(message);
    }

    BenchException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
