package dev.keyless.keyserver.keys.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.keyless.keyserver.keys.KeyStoreSource.Contents;
import dev.keyless.keyserver.keys.OpenSsl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTest {

    @TempDir
    private Path outside;

    @TempDir
    private Path folder;

    private OpenSsl openSsl;

    @BeforeEach
    void openssl() {
        openSsl = new OpenSsl(folder);
    }

    @Test
    void findsKeyFilesByNameAnywhereBelow() throws Exception {
        Files.createDirectories(folder.resolve("a/b.key"));
        List<String> found = List.of("a/b.key/c.key", "d.key", "e.key.bak", "x.keys");
        for (String name : found) openSsl.key("ed25519", name);
        for (String name : List.of("f.pem", ".key", "key")) openSsl.key("ed25519", name);

        Contents contents = Loaded.folder(folder);

        assertEquals(List.of(), contents.problems());
        assertEquals(paths(found), Loaded.origins(contents));
    }

    @Test
    void followsLinksWithoutGoingRoundAndRound() throws Exception {
        new OpenSsl(outside).key("ed25519", "a.key");
        Files.createDirectory(folder.resolve("sub"));
        Files.createSymbolicLink(folder.resolve("one"), outside);
        Files.createSymbolicLink(folder.resolve("sub/two"), outside);
        Files.createSymbolicLink(folder.resolve("sub/up"), folder);
        Files.createSymbolicLink(outside.resolve("back"), outside);
        Files.createSymbolicLink(folder.resolve("self.key"), Path.of("self.key"));

        Contents contents = Loaded.folder(folder);

        assertEquals(1, contents.keys().size());
        assertEquals(1, contents.problems().size());
        assertTrue(contents.problems().getFirst().startsWith(folder.resolve("self.key") + " cannot be read"));
    }

    @Test
    void loadsAFileWithSeveralNamesOnceByTheFirst() throws Exception {
        openSsl.key("ed25519", "m.key");
        for (String name : List.of("z.key", "b.key", "x.key", "p.key", "c.key", "n.key", "d.key", "y.key")) {
            Files.createSymbolicLink(folder.resolve(name), Path.of("m.key"));
        }
        Files.createLink(folder.resolve("k.key"), folder.resolve("m.key"));

        assertEquals(paths(List.of("b.key")), Loaded.origins(Loaded.folder(folder)));
    }

    @Test
    void loadsAKubernetesVolumeOnceByTheNamesItShows() throws Exception {
        Files.createDirectory(folder.resolve("..2026_11_24"));
        openSsl.key("ed25519", "..2026_11_24/tls.key");
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2026_11_24"));
        Files.createSymbolicLink(folder.resolve("tls.key"), Path.of("..data/tls.key"));

        Contents contents = Loaded.folder(folder);

        assertEquals(paths(List.of("tls.key")), Loaded.origins(contents));
        assertEquals(List.of(), contents.problems());
    }

    @Test
    void oneBadFileDoesNotStopTheOthers() throws Exception {
        openSsl.key("ed25519", "good.key");
        openSsl.write("bad.key", "");
        Files.createSymbolicLink(folder.resolve("gone.key"), Path.of("nowhere"));

        Contents contents = Loaded.folder(folder);

        assertEquals(paths(List.of("good.key")), Loaded.origins(contents));
        assertEquals(2, contents.problems().size());
    }

    @Test
    void warnsWhenThereIsNothing() throws Exception {
        openSsl.key("ed25519", "privkey.pem");

        assertEquals(
                List.of(folder + " holds no key file; expected files named *.key: copy keys there"),
                Loaded.folder(folder).warnings());
    }

    @Test
    void givesAKeyTheNamesOfItsCertificates() throws Exception {
        openSsl.key("ec:P-256", "a.key");
        openSsl.key("ec:P-256", "b.key");
        openSsl.key("ec:P-256", "c.key");
        Files.createDirectory(folder.resolve("certificates"));
        openSsl.certificate(
                "a.key",
                "DNS:WWW.example.TEST,DNS:*.example.test,IP:192.0.2.1,IP:2001:db8::1,email:a@b.test",
                "certificates/chain.PEM");
        openSsl.certificate("a.key", "DNS:more.test", "more.crt");
        openSsl.certificate("b.key", "DNS:b.test", "inside.pem");
        append("b.key", "inside.pem");
        Files.delete(folder.resolve("inside.pem"));
        openSsl.write("broken.cer", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

        Contents contents = Loaded.folder(folder);

        assertEquals(List.of(), contents.problems());
        assertEquals(
                List.of(
                        Set.of("www.example.test", "*.example.test", "192.0.2.1", "2001:db8:0:0:0:0:0:1", "more.test"),
                        Set.of("b.test"),
                        Set.of()),
                contents.keys().stream().map(key -> key.info().names()).toList());
    }

    @Test
    void findsCertificatesBesideASingleFile() throws Exception {
        Path key = openSsl.key("ec:P-256", "privkey.pem");
        openSsl.certificate("privkey.pem", "DNS:a.test", "fullchain.pem");

        Contents contents = Loaded.file(key);

        assertEquals(Set.of("a.test"), contents.keys().getFirst().info().names());
        assertEquals(1, contents.keys().size());
    }

    private void append(String file, String what) throws IOException {
        Files.writeString(
                folder.resolve(file), Files.readString(folder.resolve(file)) + Files.readString(folder.resolve(what)));
    }

    private List<String> paths(List<String> names) {
        return names.stream().map(name -> folder.resolve(name).toString()).toList();
    }
}
