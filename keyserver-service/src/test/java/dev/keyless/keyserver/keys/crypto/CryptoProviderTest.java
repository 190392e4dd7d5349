package dev.keyless.keyserver.keys.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.keyless.keyserver.keys.KeyAlgorithm;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CryptoProviderTest {

    private static final Provider SOME = Security.getProviders()[0];

    @Test
    void usesAccpWhereItWorks() throws Exception {
        CryptoProvider crypto = CryptoProvider.open(CryptoChoice.ACCP);

        assertEquals(Optional.empty(), crypto.warning());
        assertTrue(crypto.name().startsWith("Amazon Corretto Crypto Provider "), crypto.name());
        for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
            assertEquals(
                    crypto.accp().orElseThrow(), crypto.keyFactory(algorithm).getProvider());
        }
    }

    @Test
    void takesTheJdksOwnWhenAsked() throws Exception {
        CryptoProvider crypto = CryptoProvider.open(CryptoChoice.JDK, () -> {
            throw new AssertionError("loaded all the same");
        });

        assertEquals(Optional.empty(), crypto.warning());
        assertEquals("JDK " + Runtime.version().feature(), crypto.name());
        assertEquals(
                "SunRsaSign", crypto.keyFactory(KeyAlgorithm.RSA).getProvider().getName());
    }

    @Test
    void fallsBackToTheJdkAndNamesTheCost() {
        CryptoProvider crypto = CryptoProvider.open(CryptoChoice.ACCP, () -> {
            throw new IllegalStateException("Unable to load", new UnsatisfiedLinkError("no AARCH64 here\nmore"));
        });

        assertEquals(Optional.empty(), crypto.accp());
        assertEquals(
                "Amazon Corretto Crypto Provider does not work here (UnsatisfiedLinkError: no AARCH64 here): "
                        + "signing with the JDK's own, which takes about 4 times the CPU for RSA and 10 times for ECDSA; "
                        + "install a build for this platform, or choose jdk to do without this warning",
                crypto.warning().orElseThrow());
    }

    @Test
    void fallsBackToTheJdkWhenTheJarIsMissing() throws Exception {
        List<URL> classPath = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.contains("AmazonCorretto"))
                classPath.add(Path.of(entry).toUri().toURL());
        }
        ClassLoader without = ClassLoader.getPlatformClassLoader();
        try (URLClassLoader loader = new URLClassLoader(classPath.toArray(URL[]::new), without)) {
            Class<?> choice = loader.loadClass(CryptoChoice.class.getName());
            Class<?> provider = loader.loadClass(CryptoProvider.class.getName());

            Object crypto = provider.getMethod("open", choice).invoke(null, choice.getEnumConstants()[0]);

            String warning = provider.getMethod("warning").invoke(crypto).toString();
            assertTrue(warning.contains("(ClassNotFoundException: com.amazon.corretto"), warning);
        }
    }

    @Test
    void refusesToStartWhenFipsIsAskedForAndDoesNotLoad() {
        CryptoUnavailableException e = assertThrows(
                CryptoUnavailableException.class,
                () -> CryptoProvider.open(CryptoChoice.ACCP_FIPS, () -> {
                    throw new NoClassDefFoundError();
                }));

        assertEquals(
                "accp-fips was asked for, but the Amazon Corretto Crypto Provider does not work here "
                        + "(NoClassDefFoundError): put the FIPS jar for this platform in its place, or choose accp",
                e.getMessage());
    }

    @Test
    void refusesToStartWhenFipsIsAskedForAndTheBuildIsAnother() {
        CryptoUnavailableException e = assertThrows(
                CryptoUnavailableException.class,
                () -> CryptoProvider.open(CryptoChoice.ACCP_FIPS, () -> new Accp(SOME, false)));

        assertEquals(
                "accp-fips was asked for, but the Amazon Corretto Crypto Provider found here (" + SOME.getVersionStr()
                        + ") is not the FIPS build: put the FIPS jar for this platform in its place, or choose accp",
                e.getMessage());
    }

    @Test
    void takesTheFipsBuild() {
        CryptoProvider crypto = CryptoProvider.open(CryptoChoice.ACCP_FIPS, () -> new Accp(SOME, true));

        assertEquals(Optional.of(SOME), crypto.accp());
    }

    @Test
    void becomesThePlatformsFirstOnlyWhenTold() throws Exception {
        CryptoProvider crypto = CryptoProvider.open(CryptoChoice.ACCP);
        Provider accp = crypto.accp().orElseThrow();
        assertFalse(Signature.getInstance("SHA256withECDSA").getProvider().equals(accp));
        try {
            crypto.installFirst();

            assertEquals(accp, Security.getProviders()[0]);
            assertEquals(
                    accp, javax.crypto.Cipher.getInstance("AES/GCM/NoPadding").getProvider());
        } finally {
            Security.removeProvider(accp.getName());
        }
    }
}
