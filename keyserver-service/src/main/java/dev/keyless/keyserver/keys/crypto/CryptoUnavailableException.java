package dev.keyless.keyserver.keys.crypto;

/** The cryptography that the configuration insists on is not to be had: the server must not start. */
public final class CryptoUnavailableException extends RuntimeException {

    CryptoUnavailableException(String message) {
        super(message);
    }
}
