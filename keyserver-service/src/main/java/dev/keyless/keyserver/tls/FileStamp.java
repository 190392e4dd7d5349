package dev.keyless.keyserver.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/** By what one sees that a file is another one than before, without reading it; links are followed. */
record FileStamp(Path path, long size, long modified, String identity, String changed) {

    static FileStamp of(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new FileStamp(
                    path,
                    attributes.size(),
                    attributes.lastModifiedTime().toMillis(),
                    Objects.toString(attributes.fileKey()),
                    statusChange(path));
        } catch (IOException e) {
            return new FileStamp(path, -1, -1, "absent", "");
        }
    }

    /** Owner and permissions count, too: mending them is how a file that could not be read becomes one that can. */
    private static String statusChange(Path path) throws IOException {
        boolean unix = path.getFileSystem().supportedFileAttributeViews().contains("unix");
        return unix ? Files.getAttribute(path, "unix:ctime").toString() : "";
    }
}
