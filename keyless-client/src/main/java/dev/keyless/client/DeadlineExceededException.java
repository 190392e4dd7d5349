package dev.keyless.client;

/** No answer came in time. Whether the server did the work is not known. */
public final class DeadlineExceededException extends KeylessException {

    DeadlineExceededException(String message) {
        super(message, null);
    }
}
