package dev.keyless.client;

import java.net.ConnectException;
import java.security.cert.CertificateException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Words for why a connection failed. */
final class Causes {

    /** Deeper than any chain that is not a loop. */
    private static final int MAX_DEPTH = 20;

    private Causes() {}

    /** The innermost cause, where TLS libraries put what is the matter; of a certificate check the whole finding. */
    static String describe(Throwable failure) {
        Throwable at = failure;
        for (int i = 0; i < MAX_DEPTH; i++) {
            if (at instanceof CertificateException) return "its certificate is not acceptable: " + at.getMessage();
            Throwable cause = at.getCause();
            if (cause == null || at instanceof KeylessException) break;
            at = cause;
        }
        String message = at.getMessage();
        if (message == null) return at.getClass().getSimpleName();
        boolean speaksForItself = at instanceof KeylessException || at instanceof ConnectException;
        return speaksForItself ? message : message + " (" + at.getClass().getSimpleName() + ")";
    }

    static @Nullable Throwable unwrap(@Nullable Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
