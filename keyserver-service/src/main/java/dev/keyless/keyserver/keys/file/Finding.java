package dev.keyless.keyserver.keys.file;

import java.security.cert.X509Certificate;

/** What a piece of a file turned out to be. */
sealed interface Finding {

    /** A private key of a kind that is served. */
    record Pair(KeyPairBytes bytes) implements Finding {}

    record Certificate(X509Certificate certificate) implements Finding {}

    /** Something that may stand beside a key: parameters, say. */
    record Accompaniment() implements Finding {}

    /** @param sentence what it is, what was expected and what to do, to be read after the file's name */
    record Unusable(String sentence) implements Finding {

        private static final String SERVED = "RSA of 1024 to 8192 bits, EC on P-256, P-384 or P-521, or Ed25519";

        static Unusable notPrivate(String what, String remedy) {
            return new Unusable("holds " + what + ", not a private key: " + remedy);
        }

        static Unusable wrongKind(String what) {
            return new Unusable("holds " + what + "; expected " + SERVED + ": make a new key");
        }

        static Unusable damaged(String what) {
            return new Unusable("holds " + what + " that is damaged: copy the file again");
        }

        static Unusable inconsistent(String what) {
            return new Unusable(
                    "holds " + what + " whose parts do not belong together: copy the file again, or make a new key");
        }
    }
}
