package dev.keyless.keyserver.keys.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Takes one {@link Look}. Reads folders and attributes, no file. */
final class Looking {

    /** gokeyless's, which is not anchored: {@code a.key.bak} matches too. */
    private static final Pattern KEY_FILE = Pattern.compile(".+\\.key");

    private static final Pattern CERTIFICATE_FILE = Pattern.compile(".+\\.(crt|cer|pem)");

    /** By this prefix the kubelet marks the folders behind the links it shows: {@code ..data} and its versions. */
    private static final String KUBELET_INTERNAL = "..";

    private final Map<Object, Path> keyPaths = new HashMap<>();
    private final Map<Path, FileStamp> keyFiles = new HashMap<>();
    private final Map<Path, FileStamp> certificateFiles = new HashMap<>();
    private final Map<Path, String> faults = new HashMap<>();
    private final Map<Path, String> absent = new HashMap<>();
    private final Set<Object> visited = new HashSet<>();
    private final Deque<Path> folders = new ArrayDeque<>();

    private Looking() {}

    /** At everything below a folder, through links, but in each folder once. */
    static Look atFolder(Path root) {
        Looking looking = new Looking();
        looking.root(root);
        while (!looking.folders.isEmpty()) looking.folder(looking.folders.remove(), true);
        return looking.result();
    }

    /** At one file and at the certificates beside it. */
    static Look atFile(Path file) {
        Looking looking = new Looking();
        if (looking.single(file)) looking.folder(file.resolveSibling(""), false);
        return looking.result();
    }

    private void root(Path root) {
        try {
            FileStamp stamp = FileStamp.of(root);
            if (stamp.kind() == FileStamp.Kind.FOLDER) {
                visited.add(stamp.identity());
                folders.add(root);
            } else {
                faults.put(root, "is not a folder; expected one that holds *.key files: use a file entry for one file");
            }
        } catch (NoSuchFileException e) {
            faults.put(root, "does not exist; expected a folder that holds *.key files: make it or mount it");
        } catch (IOException e) {
            faults.put(root, unreadable(e));
        }
    }

    /** Whether there is such a file. */
    private boolean single(Path file) {
        try {
            FileStamp stamp = FileStamp.of(file);
            switch (stamp.kind()) {
                case FILE -> keyFiles.put(file, stamp);
                case FOLDER -> faults.put(file, "is a folder; expected one key file: use a dir entry for a folder");
                case OTHER -> faults.put(file, notAFile());
            }
        } catch (NoSuchFileException e) {
            if (Files.isSymbolicLink(file)) faults.put(file, dangling(file));
            else absent.put(file, "does not exist; expected a key file: copy it there");
        } catch (IOException e) {
            faults.put(file, unreadable(e));
        }
        return keyFiles.containsKey(file);
    }

    private void folder(Path folder, boolean whole) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) entry(entry, entry.getFileName().toString(), whole);
        } catch (NoSuchFileException e) {
            return; // removed since it was listed
        } catch (IOException | DirectoryIteratorException | UncheckedIOException e) {
            if (whole) faults.put(folder, unreadable(e instanceof IOException io ? io : new IOException(e)));
        }
    }

    private void entry(Path path, String name, boolean whole) {
        boolean key = whole && KEY_FILE.matcher(name).find();
        boolean certificate =
                !key && CERTIFICATE_FILE.matcher(name.toLowerCase(Locale.ROOT)).matches();
        if (!whole && !certificate) return;
        try {
            FileStamp stamp = FileStamp.of(path);
            switch (stamp.kind()) {
                case FILE -> {
                    if (key) keyFile(path, stamp);
                    if (certificate) certificateFiles.put(path, stamp);
                }
                case FOLDER -> {
                    boolean internal = name.startsWith(KUBELET_INTERNAL);
                    if (whole && !internal && visited.add(stamp.identity())) folders.add(path);
                }
                case OTHER -> {
                    if (key) faults.put(path, notAFile());
                }
            }
        } catch (NoSuchFileException e) {
            if (key && Files.isSymbolicLink(path)) faults.put(path, dangling(path));
        } catch (IOException e) {
            if (key) faults.put(path, unreadable(e));
        }
    }

    private void keyFile(Path path, FileStamp stamp) {
        Path before = keyPaths.get(stamp.identity());
        if (before != null && before.compareTo(path) < 0) return;
        if (before != null) keyFiles.remove(before);
        keyPaths.put(stamp.identity(), path);
        keyFiles.put(path, stamp);
    }

    private Look result() {
        return new Look(keyFiles, certificateFiles, faults, absent);
    }

    private static String notAFile() {
        return "is neither a file nor a folder; expected a key file: remove it";
    }

    private static String dangling(Path link) {
        String target;
        try {
            target = Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            target = "a place";
        }
        return "is a link to " + target + ", which does not exist: put the key there or remove the link";
    }

    static String unreadable(IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return "cannot be read: permission denied: let the user that this server runs as (%s) read it"
                    .formatted(System.getProperty("user.name"));
        }
        String reason = cause instanceof FileSystemException system ? system.getReason() : null;
        return "cannot be read: " + (reason == null ? cause.getClass().getSimpleName() : reason);
    }
}
