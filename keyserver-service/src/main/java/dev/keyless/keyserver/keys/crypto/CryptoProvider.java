package dev.keyless.keyserver.keys.crypto;

import dev.keyless.keyserver.keys.KeyAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Cipher;

/**
 * The cryptography in use; one instance a process. It serves this server's own signing only, unless {@link
 * #installFirst()} makes it the platform's.
 *
 * <p>The private-key operations set up a thread's one object anew each time, which costs 2 % of a P-256 signature and
 * nothing that can be measured of an RSA one; an object for each key would cost memory by keys times threads.
 */
public final class CryptoProvider {

    private static final String RAW_RSA = "RSA/ECB/NoPadding";

    private final String name;
    private final Optional<Provider> accp;
    private final Optional<String> warning;
    private final SecureRandom random;

    @SuppressWarnings("ThreadLocalUsage") // one instance a process
    private final ThreadLocal<Cipher> rsa = perThread(() -> Cipher.getInstance(RAW_RSA, provider("SunJCE")));

    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<Signature> ecdsa =
            perThread(() -> Signature.getInstance("NONEwithECDSA", provider("SunEC")));

    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<Signature> ed25519 = perThread(() -> Signature.getInstance("Ed25519", provider("SunEC")));

    private CryptoProvider(Optional<Provider> accp, Optional<String> warning) {
        this.accp = accp;
        this.warning = warning;
        this.name = accp.map(provider -> "Amazon Corretto Crypto Provider " + provider.getVersionStr())
                .orElseGet(() -> "JDK " + Runtime.version().feature());
        this.random = random(accp);
    }

    /**
     * Loads what was asked for, or the next best.
     *
     * @throws CryptoUnavailableException if FIPS was asked for and is not to be had
     */
    public static CryptoProvider open(CryptoChoice choice) {
        return open(choice, () -> Accp.load()); // a method reference would be linked here, where nothing catches
    }

    static CryptoProvider open(CryptoChoice choice, Supplier<Accp> loader) {
        if (choice == CryptoChoice.JDK) return new CryptoProvider(Optional.empty(), Optional.empty());
        Accp loaded;
        try {
            loaded = loader.get();
        } catch (RuntimeException | LinkageError e) { // both are how a native library fails to load
            if (choice == CryptoChoice.ACCP_FIPS) throw noFips("does not work here (" + reason(e) + ")");
            return new CryptoProvider(Optional.empty(), Optional.of(slow(reason(e))));
        }
        if (choice == CryptoChoice.ACCP_FIPS && !loaded.fips()) {
            throw noFips("found here (" + loaded.provider().getVersionStr() + ") is not the FIPS build");
        }
        return new CryptoProvider(Optional.of(loaded.provider()), Optional.empty());
    }

    /** What it is and its version, for logs. */
    public String name() {
        return name;
    }

    /** Why this is not what was asked for, and what that costs. */
    public Optional<String> warning() {
        return warning;
    }

    /** Amazon Corretto Crypto Provider; empty if the JDK's own providers serve. */
    public Optional<Provider> accp() {
        return accp;
    }

    /**
     * Makes it the platform's first choice for everything, of which the handshakes of the JDK's TLS engine profit. Does
     * nothing if the JDK's own providers serve.
     */
    public void installFirst() {
        accp.ifPresent(provider -> Security.insertProviderAt(provider, 1));
    }

    /** For salts; safe for use from any number of threads. */
    SecureRandom random() {
        return random;
    }

    /** Makes keys in the form that the operations below take without translating. */
    public KeyFactory keyFactory(KeyAlgorithm algorithm) throws NoSuchAlgorithmException {
        return switch (algorithm) {
            case RSA -> KeyFactory.getInstance("RSA", provider("SunRsaSign"));
            case EC -> KeyFactory.getInstance("EC", provider("SunEC"));
            case ED25519 -> ed25519KeyFactory();
        };
    }

    /**
     * The raw private-key operation on a block as long as the modulus. In encrypt mode, since that is the one in which the
     * JDK, too, verifies its result: a fault in a CRT computation would give the key away.
     */
    byte[] rsa(PrivateKey key, byte[] block) throws GeneralSecurityException {
        Cipher cipher = rsa.get();
        cipher.init(Cipher.ENCRYPT_MODE, key);
        return cipher.doFinal(block);
    }

    byte[] ecdsa(PrivateKey key, byte[] digest) throws GeneralSecurityException {
        return sign(ecdsa.get(), key, digest);
    }

    byte[] ed25519(PrivateKey key, byte[] message) throws GeneralSecurityException {
        return sign(ed25519.get(), key, message);
    }

    private static byte[] sign(Signature signature, PrivateKey key, byte[] input) throws GeneralSecurityException {
        signature.initSign(key);
        signature.update(input);
        return signature.sign();
    }

    /** ACCP has one only if nobody loaded it before {@link Accp#load()} could ask for it. */
    private KeyFactory ed25519KeyFactory() throws NoSuchAlgorithmException {
        Provider provider = provider("SunEC");
        boolean has = provider.getService("KeyFactory", "Ed25519") != null;
        return KeyFactory.getInstance("Ed25519", has ? provider : jdk("SunEC"));
    }

    private Provider provider(String jdks) {
        return accp.orElseGet(() -> jdk(jdks));
    }

    private static Provider jdk(String name) {
        Provider provider = Security.getProvider(name);
        if (provider == null) throw new CryptoUnavailableException("this JDK has no security provider " + name);
        return provider;
    }

    private static SecureRandom random(Optional<Provider> accp) {
        try {
            if (accp.isPresent() && accp.get().getService("SecureRandom", "DEFAULT") != null) {
                return SecureRandom.getInstance("DEFAULT", accp.get());
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a provider that has the service does not make it", e);
        }
        return new SecureRandom();
    }

    private interface Maker<T> {
        T make() throws GeneralSecurityException;
    }

    private static <T> ThreadLocal<T> perThread(Maker<T> maker) {
        return ThreadLocal.withInitial(() -> {
            try {
                return maker.make();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("the provider lacks an algorithm", e);
            }
        });
    }

    private static String slow(String reason) {
        return "Amazon Corretto Crypto Provider does not work here (%s): signing with the JDK's own, which takes about 4 times the CPU for RSA and 10 times for ECDSA; install a build for this platform, or choose %s to do without this warning"
                .formatted(reason, CryptoChoice.JDK.text());
    }

    private static CryptoUnavailableException noFips(String found) {
        return new CryptoUnavailableException(
                "%s was asked for, but the Amazon Corretto Crypto Provider %s: put the FIPS jar for this platform in its place, or choose %s"
                        .formatted(CryptoChoice.ACCP_FIPS.text(), found, CryptoChoice.ACCP.text()));
    }

    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) root = root.getCause();
        String message = root.getMessage();
        return root.getClass().getSimpleName()
                + (message == null ? "" : ": " + message.lines().findFirst().orElse(""));
    }
}
