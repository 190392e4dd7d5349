package dev.keyless.protocol;

/** A hash function by which a signing opcode says what its payload is; the payload is the digest, not the message. */
public enum Digest {
    /** MD5 followed by SHA-1 over the same message, as TLS 1.0 and 1.1 sign it (RFC 5246, section 1.2, tells of the change). */
    MD5_SHA1("MD5SHA1", 36),
    SHA1("SHA-1", 20),
    SHA224("SHA-224", 28),
    SHA256("SHA-256", 32),
    SHA384("SHA-384", 48),
    SHA512("SHA-512", 64);

    private final String jcaName;
    private final int length;

    Digest(String jcaName, int length) {
        this.jcaName = jcaName;
        this.length = length;
    }

    /** The name by which the Java Cryptography Architecture knows the hash; {@code MD5SHA1} is not one of its names. */
    public String jcaName() {
        return jcaName;
    }

    /** Length of the digest in bytes. */
    public int length() {
        return length;
    }
}
