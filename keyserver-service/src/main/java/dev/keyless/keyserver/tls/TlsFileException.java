package dev.keyless.keyserver.tls;

/** A file of the TLS identity cannot be used; the message says which, what was found, what was expected, what to do. */
public final class TlsFileException extends RuntimeException {

    private final String problem;

    TlsFileException(String problem) {
        super(problem);
        this.problem = problem;
    }

    TlsFileException(String problem, Throwable cause) {
        super(problem, cause);
        this.problem = problem;
    }

    /** The message. */
    public String problem() {
        return problem;
    }
}
