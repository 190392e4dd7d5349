package dev.keyless.keyserver.keys.stores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.keyless.keyserver.keys.KeyListing;
import dev.keyless.keyserver.keys.LiveKeys;
import dev.keyless.keyserver.keys.OpenSsl;
import dev.keyless.keyserver.keys.crypto.CryptoChoice;
import dev.keyless.keyserver.keys.crypto.CryptoProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyStoresTest {

    private static final CryptoProvider CRYPTO = CryptoProvider.open(CryptoChoice.ACCP);

    @TempDir
    private Path folder;

    private OpenSsl openSsl;

    @BeforeEach
    void openssl() {
        openSsl = new OpenSsl(folder);
    }

    @Test
    void opensFoldersAndFiles() throws Exception {
        Files.createDirectory(folder.resolve("keys"));
        openSsl.key("ed25519", "keys/a.key");
        openSsl.key("ed25519", "b.pem");

        LiveKeys keys =
                loaded(new StoreEntry.Folder(folder.resolve("keys")), new StoreEntry.File(folder.resolve("b.pem")));

        assertEquals(2, keys.current().size());
        assertEquals(List.of(), keys.problems());
        assertEquals(List.of(), keys.warnings());
    }

    @Test
    void warnsOnceOfAKeyInTwoPlaces() throws Exception {
        openSsl.key("ed25519", "a.key");
        Files.copy(folder.resolve("a.key"), folder.resolve("b.key"), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);

        LiveKeys keys = loaded(new StoreEntry.Folder(folder));

        assertEquals(1, keys.current().size());
        assertEquals(
                List.of("%s and %s hold the same key (SKI %s): remove one of them"
                        .formatted(
                                folder.resolve("a.key"),
                                folder.resolve("b.key"),
                                keys.current().keys().iterator().next().info().ski())),
                keys.warnings());
    }

    @Test
    void saysThatPkcs11IsNotSupportedYetAndShowsNoPin() {
        LiveKeys keys = loaded(
                new StoreEntry.Uri("pkcs11:token=t;pin-value=4711;object=o?module-path=/x.so&pin-value=4711"),
                new StoreEntry.Uri("https://vault.test/keys/a?secret=4711"));

        assertEquals(
                List.of(
                        "pkcs11:token=t;pin-value=...;object=o: PKCS#11 URIs are not supported yet by this build: use a dir or file entry",
                        "https://vault.test/keys/a: key stores of this kind are not supported by this build: use a dir or file entry"),
                keys.problems());
        assertFalse(
                new StoreEntry.Uri("pkcs11:object=o?pin-value=4711").toString().contains("4711"));
    }

    @Test
    void listsKeysWithWhatTheyCanDoAndWhatIsWrong() {
        openSsl.key("rsa:1024", "1.key");
        openSsl.key("rsa:2048", "2.key");
        openSsl.key("ec:P-384", "3.key");
        openSsl.key("ed25519", "4.key");
        openSsl.certificate("3.key", "DNS:b.test,DNS:a.test", "3.crt");
        openSsl.write("5.key", "");

        KeyListing listing = KeyListing.of(loaded(new StoreEntry.Folder(folder)));

        List<String> rows = listing.text()
                .lines()
                .map(line -> line.replaceFirst("^[0-9a-f]{40}", "SKI")
                        .replace(folder + "/", "")
                        .replaceAll(" +", " "))
                .toList();
        assertEquals(
                List.of(
                        "SKI KIND SIGNS OPCODES ORIGIN NAMES",
                        "SKI RSA 1024 yes 01-07 35-36 1.key -",
                        "SKI RSA 2048 yes 01-07 35-37 2.key -",
                        "SKI EC P-384 yes 12-17 3.key a.test b.test",
                        "SKI Ed25519 yes 18 4.key -",
                        "keys: 4",
                        "problem: 5.key is empty; expected a private key in PEM or DER: copy the file again",
                        "warning: 1.key holds an RSA 1024 key, which public CAs no longer certify: replace it by one of 2048 bits or more"),
                rows);
        assertFalse(listing.flawless());
        assertTrue(listing.text()
                .lines()
                .limit(5)
                .map(line -> line.indexOf("  ") > 0)
                .allMatch(found -> found));
    }

    private static LiveKeys loaded(StoreEntry... entries) {
        LiveKeys keys = KeyStores.open(List.of(entries), false, CRYPTO);
        keys.reload();
        return keys;
    }
}
