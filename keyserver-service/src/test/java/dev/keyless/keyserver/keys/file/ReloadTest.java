package dev.keyless.keyserver.keys.file;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.keyless.keyserver.keys.KeyStoreSource.Contents;
import dev.keyless.keyserver.keys.OpenSsl;
import dev.keyless.keyserver.keys.ServedKey;
import dev.keyless.protocol.Ski;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadTest {

    private static final String STAYS = "; the key loaded before stays in service";

    @TempDir
    private Path folder;

    @TempDir
    private Path elsewhere;

    private OpenSsl openSsl;
    private FileKeySource source;

    @BeforeEach
    void openssl() {
        openSsl = new OpenSsl(folder);
        source = FileKeySource.folder(folder, Loaded.CRYPTO, false);
    }

    @Test
    void sleepsWhileNothingChanges() {
        openSsl.key("ed25519", "a.key");
        source.load();

        assertFalse(source.changed());
        assertFalse(source.changed());
    }

    @Test
    void noticesTheFirstFileEver() {
        source.load();
        openSsl.key("ed25519", "a.key");

        assertTrue(changedOnTheSecondLook());
        assertEquals(1, source.load().keys().size());
        assertFalse(source.changed());
    }

    @Test
    void waitsUntilAFileIsNoLongerBeingWritten() throws Exception {
        source.load();
        String pem = pem("ed25519");

        for (int end : new int[] {10, 50, pem.length()}) {
            openSsl.write("a.key", pem.substring(0, end));
            assertFalse(source.changed());
        }

        assertTrue(source.changed());
        assertEquals(List.of(), source.load().problems());
    }

    @Test
    void keepsTheLastGoodKeyOfAFileThatIsBrokenNow() throws Exception {
        openSsl.key("ed25519", "a.key");
        ServedKey good = source.load().keys().getFirst();
        openSsl.write("a.key", "");

        assertTrue(changedOnTheSecondLook());
        for (int i = 0; i < 2; i++) {
            Contents contents = source.load();
            assertEquals(List.of(good), contents.keys());
            assertEquals(
                    List.of(folder.resolve("a.key")
                            + " is empty; expected a private key in PEM or DER: copy the file again" + STAYS),
                    contents.problems());
            openSsl.write("a.key", ""); // a new time: read again
        }

        openSsl.key("ed25519", "a.key");
        Contents mended = source.load();
        assertEquals(List.of(), mended.problems());
        assertNotEquals(good.info().ski(), mended.keys().getFirst().info().ski());
        assertEquals(1, mended.keys().size());
    }

    @Test
    void keepsWhatIsMissingOfAFileThatIsBrokenInPart() throws Exception {
        String first = pem("ed25519");
        String second = pem("ed25519");
        openSsl.write("a.key", first + second);
        Set<Ski> before = skis(source.load());
        openSsl.write("a.key", first + second.replaceFirst("M", "*"));

        Contents contents = source.load();

        assertEquals(before, skis(contents));
        assertEquals(1, contents.problems().size());
        assertTrue(contents.problems().getFirst().endsWith(STAYS));
    }

    @Test
    void takesAwayTheKeyOfAFileThatIsGone() throws Exception {
        openSsl.key("ed25519", "a.key");
        openSsl.key("ed25519", "b.key");
        source.load();
        Files.delete(folder.resolve("a.key"));

        assertTrue(changedOnTheSecondLook());
        Contents contents = source.load();
        assertEquals(List.of(folder.resolve("b.key").toString()), Loaded.origins(contents));
        assertEquals(List.of(), contents.problems());
    }

    @Test
    void takesAwayTheKeyOfASingleFileThatIsGoneAndSaysSo() throws Exception {
        Path file = openSsl.key("ed25519", "a.key");
        FileKeySource single = FileKeySource.file(file, Loaded.CRYPTO, false);
        single.load();
        Files.delete(file);

        Contents contents = single.load();

        assertEquals(List.of(), contents.keys());
        assertEquals(List.of(file + " does not exist; expected a key file: copy it there"), contents.problems());
    }

    @Test
    void keepsTheKeysOfAFolderThatCannotBeReadAnyMore() throws Exception {
        Files.createDirectory(folder.resolve("mounted"));
        openSsl.key("ed25519", "mounted/a.key");
        FileKeySource mounted = FileKeySource.folder(folder.resolve("mounted"), Loaded.CRYPTO, false);
        List<ServedKey> keys = mounted.load().keys();
        Files.move(folder.resolve("mounted"), folder.resolve("unmounted"));

        Contents contents = mounted.load();

        assertEquals(keys, contents.keys());
        assertEquals(
                List.of(folder.resolve("mounted")
                        + " does not exist; expected a folder that holds *.key files: make it or mount it" + STAYS),
                contents.problems());
    }

    @Test
    void keepsTheKeyBehindALinkThatLeadsNowhereNow() throws Exception {
        Path target = new OpenSsl(elsewhere).key("ed25519", "real");
        Files.createSymbolicLink(folder.resolve("a.key"), target);
        List<ServedKey> keys = source.load().keys();
        Files.delete(target);

        assertTrue(changedOnTheSecondLook());
        Contents contents = source.load();
        assertEquals(keys, contents.keys());
        assertTrue(contents.problems().getFirst().endsWith(STAYS));
    }

    @Test
    void followsTheKubeletsSwapOfLinks() throws Exception {
        mount("..v1");
        Files.createSymbolicLink(folder.resolve("tls.key"), Path.of("..data/tls.key"));
        Set<Ski> before = skis(source.load());

        mount("..v2");

        assertTrue(changedOnTheSecondLook());
        Contents contents = source.load();
        assertEquals(1, contents.keys().size());
        assertNotEquals(before, skis(contents));
        assertEquals(List.of(), contents.problems());

        Files.delete(folder.resolve("..v1/tls.key"));
        Files.delete(folder.resolve("..v1"));
        assertFalse(source.changed());
        assertFalse(source.changed());
    }

    /** As kubelet's atomic writer does it: a new folder, a new link, renamed over the old one. */
    private void mount(String version) throws IOException {
        Files.createDirectory(folder.resolve(version));
        openSsl.key("ed25519", version + "/tls.key");
        Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of(version));
        Files.move(folder.resolve("..data_tmp"), folder.resolve("..data"), ATOMIC_MOVE);
    }

    @Test
    void noticesAKeyOfTheSameLengthAndTimeByItsFile() throws Exception {
        openSsl.key("ed25519", "a.key");
        FileTime time = Files.getLastModifiedTime(folder.resolve("a.key"));
        Set<Ski> before = skis(source.load());
        Path other = new OpenSsl(elsewhere).key("ed25519", "other");
        Files.setLastModifiedTime(other, time);
        Files.move(other, folder.resolve("a.key"), ATOMIC_MOVE);

        assertTrue(changedOnTheSecondLook());
        assertNotEquals(before, skis(source.load()));
    }

    @Test
    void noticesThatAFileWasClosedToOthers() throws Exception {
        Path file = openSsl.key("ed25519", "a.key");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertEquals(1, source.load().warnings().size());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertTrue(changedOnTheSecondLook());
        assertEquals(List.of(), source.load().warnings());
    }

    @Test
    void noticesCertificatesToo() {
        openSsl.key("ec:P-256", "a.key");
        assertEquals(Set.of(), names(source.load()));
        openSsl.certificate("a.key", "DNS:a.test", "a.crt");

        assertTrue(changedOnTheSecondLook());
        assertEquals(Set.of("a.test"), names(source.load()));
    }

    @Test
    void doesNotReadAgainWhatHasNotChanged() {
        openSsl.key("ed25519", "a.key");
        ServedKey first = source.load().keys().getFirst();
        openSsl.key("ed25519", "b.key");

        assertSame(first, source.load().keys().getFirst());
    }

    private boolean changedOnTheSecondLook() {
        assertFalse(source.changed(), "already on the first look");
        return source.changed();
    }

    private String pem(String kind) throws IOException {
        return Files.readString(new OpenSsl(elsewhere).key(kind, "pem"));
    }

    private static Set<Ski> skis(Contents contents) {
        return Set.copyOf(contents.keys().stream().map(key -> key.info().ski()).toList());
    }

    private static Set<String> names(Contents contents) {
        return contents.keys().getFirst().info().names();
    }
}
