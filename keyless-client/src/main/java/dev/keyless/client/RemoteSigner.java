package dev.keyless.client;

import dev.keyless.protocol.Digest;
import dev.keyless.protocol.Frame;
import dev.keyless.protocol.Opcode;
import dev.keyless.protocol.Ski;
import java.net.InetAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A private key that a key server holds: signs with it. Immutable, for use from any thread. */
public final class RemoteSigner {

    /** RFC 8446, section 4.2.3; the SHA-1 and SHA-224 ones are RFC 5246's. */
    private static final Map<Integer, Opcode> BY_SCHEME = Map.ofEntries(
            Map.entry(0x0201, Opcode.RSA_SIGN_SHA1),
            Map.entry(0x0203, Opcode.ECDSA_SIGN_SHA1),
            Map.entry(0x0301, Opcode.RSA_SIGN_SHA224),
            Map.entry(0x0303, Opcode.ECDSA_SIGN_SHA224),
            Map.entry(0x0401, Opcode.RSA_SIGN_SHA256),
            Map.entry(0x0403, Opcode.ECDSA_SIGN_SHA256),
            Map.entry(0x0501, Opcode.RSA_SIGN_SHA384),
            Map.entry(0x0503, Opcode.ECDSA_SIGN_SHA384),
            Map.entry(0x0601, Opcode.RSA_SIGN_SHA512),
            Map.entry(0x0603, Opcode.ECDSA_SIGN_SHA512),
            Map.entry(0x0804, Opcode.RSA_PSS_SIGN_SHA256),
            Map.entry(0x0805, Opcode.RSA_PSS_SIGN_SHA384),
            Map.entry(0x0806, Opcode.RSA_PSS_SIGN_SHA512),
            Map.entry(0x0807, Opcode.ED25519_SIGN),
            Map.entry(0x0809, Opcode.RSA_PSS_SIGN_SHA256),
            Map.entry(0x080A, Opcode.RSA_PSS_SIGN_SHA384),
            Map.entry(0x080B, Opcode.RSA_PSS_SIGN_SHA512));

    /** Java compares names of algorithms without regard to case; the keys are in lower case. */
    private static final Map<String, Opcode> BY_NAME = Map.ofEntries(
            Map.entry("sha1withrsa", Opcode.RSA_SIGN_SHA1),
            Map.entry("sha224withrsa", Opcode.RSA_SIGN_SHA224),
            Map.entry("sha256withrsa", Opcode.RSA_SIGN_SHA256),
            Map.entry("sha384withrsa", Opcode.RSA_SIGN_SHA384),
            Map.entry("sha512withrsa", Opcode.RSA_SIGN_SHA512),
            Map.entry("sha1withecdsa", Opcode.ECDSA_SIGN_SHA1),
            Map.entry("sha224withecdsa", Opcode.ECDSA_SIGN_SHA224),
            Map.entry("sha256withecdsa", Opcode.ECDSA_SIGN_SHA256),
            Map.entry("sha384withecdsa", Opcode.ECDSA_SIGN_SHA384),
            Map.entry("sha512withecdsa", Opcode.ECDSA_SIGN_SHA512),
            Map.entry("sha256withrsaandmgf1", Opcode.RSA_PSS_SIGN_SHA256),
            Map.entry("sha384withrsaandmgf1", Opcode.RSA_PSS_SIGN_SHA384),
            Map.entry("sha512withrsaandmgf1", Opcode.RSA_PSS_SIGN_SHA512),
            Map.entry("ed25519", Opcode.ED25519_SIGN),
            Map.entry("eddsa", Opcode.ED25519_SIGN));

    private final KeylessClient client;
    private final Ski ski;
    private final Context context;

    public RemoteSigner(KeylessClient client, Ski ski) {
        this(client, ski, Context.NONE);
    }

    private RemoteSigner(KeylessClient client, Ski ski, Context context) {
        this.client = client;
        this.ski = ski;
        this.context = context;
    }

    /**
     * What a server may log or decide by.
     *
     * @param serverName the name that the visitor asked for
     * @param clientIp the visitor's address
     */
    public record Context(Optional<String> serverName, Optional<InetAddress> clientIp) {

        public static final Context NONE = new Context(Optional.empty(), Optional.empty());
    }

    /** The same key, with these facts in every request. */
    public RemoteSigner with(Context newContext) {
        return new RemoteSigner(client, ski, newContext);
    }

    /** The opcode that does what a TLS signature scheme (RFC 8446, section 4.2.3) asks for; empty where there is none. */
    public static Optional<Opcode> opcodeFor(int signatureScheme) {
        return Optional.ofNullable(BY_SCHEME.get(signatureScheme));
    }

    /** As {@link #opcodeFor(int)} for a Java signature algorithm, such as {@code SHA256withECDSA}. */
    public static Optional<Opcode> opcodeFor(String jcaName) {
        return Optional.ofNullable(BY_NAME.get(jcaName.toLowerCase(Locale.ROOT)));
    }

    public Ski ski() {
        return ski;
    }

    /** Whether the opcode makes signatures. */
    public static boolean signs(Opcode opcode) {
        return switch (opcode.scheme()) {
            case RSA_PKCS1, RSA_PSS, ECDSA, ED25519 -> true;
            case RSA_DECRYPT, SEAL, UNSEAL, RPC, CUSTOM, PING, REPLY -> false;
        };
    }

    /**
     * Signs a digest, or for Ed25519 the message itself.
     *
     * @throws IllegalArgumentException if the opcode does not sign, or the digest has not the length of its hash
     */
    public CompletionStage<byte[]> sign(Opcode opcode, byte[] digest) {
        Frame.Builder request = Frame.request(opcode).ski(ski).payload(requireSignable(opcode, digest));
        context.serverName().ifPresent(request::serverName);
        context.clientIp().ifPresent(request::clientIp);
        return client.perform(request.build());
    }

    /** Hashes a message as the opcode asks and signs the digest. */
    public CompletionStage<byte[]> signMessage(Opcode opcode, byte[] message) {
        return sign(opcode, toBeSigned(opcode, message));
    }

    /**
     * What {@link #sign} takes for this message: its digest, or for Ed25519 the message.
     *
     * @throws IllegalArgumentException if the opcode does not sign
     */
    public static byte[] toBeSigned(Opcode opcode, byte[] message) {
        return requireSignable(
                opcode, opcode.digest().map(hash -> hash(hash, message)).orElse(message));
    }

    /**
     * Returns the digest.
     *
     * @throws IllegalArgumentException if the opcode does not sign, or the digest has not the length of its hash
     */
    public static byte[] requireSignable(Opcode opcode, byte[] digest) {
        if (!signs(opcode)) throw new IllegalArgumentException(opcode.wireName() + " does not sign");
        opcode.digest().ifPresent(hash -> {
            if (digest.length != hash.length()) {
                throw new IllegalArgumentException(
                        opcode.wireName() + " signs a digest of " + hash.length() + " bytes, got " + digest.length);
            }
        });
        return digest;
    }

    private static byte[] hash(Digest hash, byte[] message) {
        if (hash != Digest.MD5_SHA1) return hash(hash.jcaName(), message);
        byte[] both = new byte[hash.length()];
        byte[] md5 = hash("MD5", message);
        byte[] sha1 = hash("SHA-1", message);
        System.arraycopy(md5, 0, both, 0, md5.length);
        System.arraycopy(sha1, 0, both, md5.length, sha1.length);
        return both;
    }

    private static byte[] hash(String algorithm, byte[] message) {
        try {
            return MessageDigest.getInstance(algorithm).digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
