package dev.keyless.keyserver.keys.file;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * By what a change of a file shows: one look, links followed.
 *
 * @param identity device and inode, or the real path where there is no such thing; the same for all links to a file
 * @param permissions empty where the file system has none
 */
record FileStamp(Object identity, Kind kind, long size, FileTime modified, Set<PosixFilePermission> permissions) {

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private static final Set<PosixFilePermission> OTHER_PEOPLES = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    enum Kind {
        FILE,
        FOLDER,
        OTHER
    }

    static FileStamp of(Path path) throws IOException {
        BasicFileAttributes attributes = POSIX
                ? Files.readAttributes(path, PosixFileAttributes.class)
                : Files.readAttributes(path, BasicFileAttributes.class);
        Object key = attributes.fileKey();
        return new FileStamp(
                key == null ? path.toRealPath() : key,
                attributes.isRegularFile() ? Kind.FILE : attributes.isDirectory() ? Kind.FOLDER : Kind.OTHER,
                attributes.size(),
                attributes.lastModifiedTime(),
                attributes instanceof PosixFileAttributes posix ? posix.permissions() : Set.of());
    }

    /** Whether anybody but the owner may read or write it. */
    boolean loose() {
        return permissions.stream().anyMatch(OTHER_PEOPLES::contains);
    }

    /** As {@code ls} writes them: {@code rw-r--r--}. */
    String permissionText() {
        return PosixFilePermissions.toString(permissions);
    }
}
