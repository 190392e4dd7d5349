package dev.keyless.keyserver.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/** By what one sees that a file is another one than before, without reading it; links are followed. */
record FileStamp(Path path, long size, long modified, String identity) {

    static FileStamp of(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new FileStamp(
                    path,
                    attributes.size(),
                    attributes.lastModifiedTime().toMillis(),
                    Objects.toString(attributes.fileKey()));
        } catch (IOException e) {
            return new FileStamp(path, -1, -1, "absent");
        }
    }
}
