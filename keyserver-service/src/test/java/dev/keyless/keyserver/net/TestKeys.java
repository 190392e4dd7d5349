package dev.keyless.keyserver.net;

import dev.keyless.keyserver.keys.KeyAlgorithm;
import dev.keyless.keyserver.keys.KeyInfo;
import dev.keyless.keyserver.keys.ServedKey;
import dev.keyless.protocol.Opcode;
import dev.keyless.protocol.Ski;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Keys in the test's memory. */
final class TestKeys {

    private TestKeys() {}

    /** A P-256 key that signs at once, where the request was read. */
    static final class Quick implements ServedKey {

        private final KeyPair pair = generate();
        private final KeyInfo info =
                KeyInfo.of(pair.getPublic(), KeyAlgorithm.EC, "EC P-256", "memory", Set.of("www.example.test"));

        @Override
        public KeyInfo info() {
            return info;
        }

        @Override
        public boolean cheap() {
            return true;
        }

        @Override
        public byte[] perform(Opcode opcode, byte[] payload) throws GeneralSecurityException {
            Signature signature = Signature.getInstance("NONEwithECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(payload);
            return signature.sign();
        }

        boolean verifies(byte[] digest, byte[] signature) throws GeneralSecurityException {
            Signature verifier = Signature.getInstance("NONEwithECDSA");
            verifier.initVerify(pair.getPublic());
            verifier.update(digest);
            return verifier.verify(signature);
        }

        Ski ski() {
            return info.ski();
        }
    }

    /** A key that is as slow as the test wants: each operation waits for a permit, and then echoes its payload. */
    static final class Held implements ServedKey {

        final Semaphore permits = new Semaphore(0);
        final AtomicInteger begun = new AtomicInteger();
        private final KeyInfo info =
                KeyInfo.of(generate().getPublic(), KeyAlgorithm.EC, "EC P-256", "memory", Set.of());

        @Override
        public KeyInfo info() {
            return info;
        }

        @Override
        public boolean cheap() {
            return false;
        }

        @Override
        public byte[] perform(Opcode opcode, byte[] payload) {
            begun.incrementAndGet();
            permits.acquireUninterruptibly();
            return payload;
        }

        /** Lets everything through from now on. */
        void release() {
            permits.release(1_000_000);
        }

        Ski ski() {
            return info.ski();
        }
    }

    /** A key with a bug. */
    static final class Broken implements ServedKey {

        private final KeyInfo info =
                KeyInfo.of(generate().getPublic(), KeyAlgorithm.EC, "EC P-256", "memory", Set.of());

        @Override
        public KeyInfo info() {
            return info;
        }

        @Override
        public boolean cheap() {
            return true;
        }

        @Override
        public byte[] perform(Opcode opcode, byte[] payload) {
            throw new IllegalStateException("a bug");
        }

        Ski ski() {
            return info.ski();
        }
    }

    private static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
