package dev.keyless.keyserver.keys.file;

import dev.keyless.keyserver.keys.crypto.SoftwareKey;
import dev.keyless.protocol.Ski;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was loaded from a file, key or certificate.
 *
 * @param stamp how the file looked before it was read
 */
record KeyFile(
        FileStamp stamp,
        List<SoftwareKey> keys,
        CertificateNames certificates,
        List<String> problems,
        List<String> warnings) {

    private static final String STAYS = "; the key loaded before stays in service";

    /** With the keys of an earlier reading that are missing now that something is wrong with the file. */
    KeyFile keeping(KeyFile before) {
        if (problems.isEmpty()) return this;
        Set<Ski> present = keys.stream().map(key -> key.info().ski()).collect(Collectors.toSet());
        List<SoftwareKey> kept = new ArrayList<>(keys);
        for (SoftwareKey key : before.keys) {
            if (!present.contains(key.info().ski())) kept.add(key);
        }
        if (kept.size() == keys.size()) return this;
        return new KeyFile(
                stamp, kept, certificates, problems.stream().map(KeyFile::stays).toList(), warnings);
    }

    static String stays(String problem) {
        return problem + STAYS;
    }
}
