package dev.keyless.sandbox.process;

/** A process did not do what it was started for; the message has the end of its log. */
public final class ProcessFailure extends RuntimeException {

    ProcessFailure(String message) {
        super(message);
    }
}
