package dev.keyless.keyserver.keys.file;

import dev.keyless.keyserver.keys.KeyStoreSource;
import dev.keyless.keyserver.keys.ServedKey;
import dev.keyless.keyserver.keys.crypto.CryptoProvider;
import dev.keyless.keyserver.keys.crypto.SoftwareKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A folder of key files, or one key file. For one thread at a time. */
public final class FileKeySource implements KeyStoreSource {

    private final Path path;
    private final Supplier<Look> looking;
    private final KeyFileLoader loader;
    private Look inService = new Look(Map.of(), Map.of(), Map.of(), Map.of());
    private Look latest = inService;
    private Map<Path, KeyFile> keyFiles = Map.of();
    private Map<Path, KeyFile> certificateFiles = Map.of();

    private FileKeySource(Path path, Supplier<Look> looking, CryptoProvider crypto, boolean refuseLoosePermissions) {
        this.path = path;
        this.looking = looking;
        this.loader = new KeyFileLoader(crypto, refuseLoosePermissions);
    }

    /**
     * Every file anywhere below the folder whose name has {@code .key} in it after the first character, as for gokeyless.
     *
     * @param refuseLoosePermissions whether a key in a file that others than its owner may read or write is refused rather than
     *     warned of
     */
    public static FileKeySource folder(Path folder, CryptoProvider crypto, boolean refuseLoosePermissions) {
        return new FileKeySource(folder, () -> Looking.atFolder(folder), crypto, refuseLoosePermissions);
    }

    /** One file of whatever name; {@code refuseLoosePermissions} as for {@link #folder}. */
    public static FileKeySource file(Path file, CryptoProvider crypto, boolean refuseLoosePermissions) {
        return new FileKeySource(file, () -> Looking.atFile(file), crypto, refuseLoosePermissions);
    }

    @Override
    public String name() {
        return path.toString();
    }

    /** A change counts when two looks, one after the other, have seen the same: until then somebody may be writing. */
    @Override
    public boolean changed() {
        Look now = looking.get();
        boolean settled = now.equals(latest);
        latest = now;
        return settled && !now.equals(inService);
    }

    /** Reads what has changed since the last time; the rest is as it was. */
    @Override
    public Contents load() {
        Look look = looking.get();
        keyFiles = keyFiles(look);
        certificateFiles = certificateFiles(look);
        inService = look;
        latest = look;
        return contents(look);
    }

    private Map<Path, KeyFile> keyFiles(Look look) {
        Map<Path, KeyFile> now = new TreeMap<>();
        keyFiles.forEach((path, before) -> {
            if (look.hides(path)) now.put(path, before);
        });
        look.keyFiles().forEach((path, stamp) -> keyFile(path, stamp).ifPresent(file -> now.put(path, file)));
        return now;
    }

    private Optional<KeyFile> keyFile(Path path, FileStamp stamp) {
        KeyFile before = keyFiles.get(path);
        if (before == null) return loader.keys(path, stamp);
        return before.stamp().equals(stamp)
                ? Optional.of(before)
                : loader.keys(path, stamp).map(file -> file.keeping(before));
    }

    private Map<Path, KeyFile> certificateFiles(Look look) {
        Map<Path, KeyFile> now = new HashMap<>();
        look.certificateFiles().forEach((path, stamp) -> {
            KeyFile before = certificateFiles.get(path);
            boolean same = before != null && before.stamp().equals(stamp);
            now.put(path, same ? before : loader.certificates(path, stamp));
        });
        return now;
    }

    private Contents contents(Look look) {
        List<ServedKey> keys = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        new TreeMap<>(look.absent()).forEach((path, sentence) -> problems.add(path + " " + sentence));
        new TreeMap<>(look.faults()).forEach((path, sentence) -> problems.add(fault(path, sentence)));
        CertificateNames names = names();
        keyFiles.forEach((path, file) -> {
            for (SoftwareKey key : file.keys()) {
                keys.add(key.withNames(names.of(key.info().ski())));
            }
            if (!look.hides(path)) problems.addAll(file.problems());
            warnings.addAll(file.warnings());
        });
        if (keys.isEmpty() && problems.isEmpty()) {
            warnings.add(path + " holds no key file; expected files named *.key: copy keys there");
        }
        return new Contents(keys, problems, warnings);
    }

    private String fault(Path path, String sentence) {
        boolean holds = keyFiles.entrySet().stream()
                .anyMatch(file -> file.getKey().startsWith(path)
                        && !file.getValue().keys().isEmpty());
        String problem = path + " " + sentence;
        return holds ? KeyFile.stays(problem) : problem;
    }

    private CertificateNames names() {
        CertificateNames names = new CertificateNames();
        keyFiles.values().forEach(file -> names.addAll(file.certificates()));
        certificateFiles.values().forEach(file -> names.addAll(file.certificates()));
        return names;
    }
}
