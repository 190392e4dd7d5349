package dev.keyless.protocol;

import java.util.Optional;

/** Why a request was not served: the payload of an {@link Opcode#ERROR} reply. Texts as in gokeyless's logs and metrics. */
public enum ErrorCode {
    /** Never on the wire. */
    NONE(0x00, "no error"),
    /** The operation failed: wrong digest length, wrong key type, ciphertext out of range, deadline missed. */
    CRYPTO(0x01, "cryptography error"),
    KEY_NOT_FOUND(0x02, "key not found due to no matching SKI/SNI/ServerIP"),
    READ(0x03, "read failure"),
    VERSION_MISMATCH(0x04, "version mismatch"),
    BAD_OPCODE(0x05, "bad opcode"),
    /** An opcode that only a server may send. */
    UNEXPECTED_OPCODE(0x06, "unexpected opcode"),
    FORMAT(0x07, "malformed message"),
    INTERNAL(0x08, "internal error"),
    CERTIFICATE_NOT_FOUND(0x09, "certificate not found"),
    /** The blob was sealed with a key that has since been rotated away. */
    EXPIRED(0x0A, "sealing key expired"),
    REMOTE_CONFIGURATION(0x0B, "remote configuration error");

    private static final ErrorCode[] VALUES = values();

    private final int code;
    private final String text;

    ErrorCode(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /** The error with this code, if it is a known one; a client must accept others too. */
    public static Optional<ErrorCode> find(int code) {
        return code >= 0 && code < VALUES.length ? Optional.of(VALUES[code]) : Optional.empty();
    }

    /** The byte on the wire. */
    public int code() {
        return code;
    }

    /** gokeyless's text, as its metrics label {@code error} spells it. */
    public String text() {
        return text;
    }
}
