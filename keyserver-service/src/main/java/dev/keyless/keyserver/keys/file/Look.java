package dev.keyless.keyserver.keys.file;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a store's files looked like at one moment.
 *
 * @param keyFiles those that should hold keys; of several links to one file, the first by name
 * @param certificateFiles those that may hold certificates
 * @param faults what there is but cannot be read, each a sentence to be read after the path; keys loaded from there before
 *     stay in service
 * @param absent what there should be and is not, likewise; keys loaded from there go out of service
 */
record Look(
        Map<Path, FileStamp> keyFiles,
        Map<Path, FileStamp> certificateFiles,
        Map<Path, String> faults,
        Map<Path, String> absent) {

    /** Whether this path, or a folder on the way to it, cannot be read. */
    boolean hides(Path path) {
        for (Path at = path; at != null; at = at.getParent()) {
            if (faults.containsKey(at)) return true;
        }
        return false;
    }
}
