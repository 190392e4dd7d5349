package dev.keyless.keyserver.keys.file;

import dev.keyless.keyserver.keys.KeyAlgorithm;
import dev.keyless.keyserver.keys.crypto.CryptoProvider;
import dev.keyless.keyserver.keys.crypto.SoftwareKey;
import dev.keyless.protocol.Ski;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one file whole and makes keys of it. */
final class KeyFileLoader {

    /** Some hundred keys fit. */
    private static final int LONGEST = 1 << 20;

    private static final int SMALLEST_GOOD_RSA = 2048;

    private final CryptoProvider crypto;
    private final boolean refuseLoosePermissions;

    /** @param refuseLoosePermissions whether a key that others than the file's owner can read is a problem and not served */
    KeyFileLoader(CryptoProvider crypto, boolean refuseLoosePermissions) {
        this.crypto = crypto;
        this.refuseLoosePermissions = refuseLoosePermissions;
    }

    /** Empty if the file is gone. */
    Optional<KeyFile> keys(Path path, FileStamp stamp) {
        Loading loading = new Loading(path, stamp);
        if (stamp.size() > LONGEST) {
            loading.problem("is %d bytes long; expected a private key file of at most %d: copy the key file itself"
                    .formatted(stamp.size(), LONGEST));
            return Optional.of(loading.result());
        }
        if (stamp.loose() && refuseLoosePermissions) {
            loading.problem(loose(stamp) + "; such keys are not served: chmod 600");
            return Optional.of(loading.result());
        }
        try {
            byte[] bytes = bytes(path);
            try {
                for (Finding finding : KeyFileReader.read(bytes)) loading.take(finding);
            } finally {
                Arrays.fill(bytes, (byte) 0);
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            loading.problem(Looking.unreadable(e));
        }
        return Optional.of(loading.result());
    }

    /** Whatever is no certificate is passed over: such files may hold anything. */
    KeyFile certificates(Path path, FileStamp stamp) {
        CertificateNames names = new CertificateNames();
        try {
            byte[] bytes = stamp.size() > LONGEST ? new byte[0] : bytes(path);
            try {
                for (Finding finding : KeyFileReader.read(bytes)) {
                    if (finding instanceof Finding.Certificate(var certificate)) names.add(certificate);
                    if (finding instanceof Finding.Pair(KeyPairBytes pair)) pair.close();
                }
            } finally {
                Arrays.fill(bytes, (byte) 0);
            }
        } catch (IOException e) {
            return new KeyFile(stamp, List.of(), names, List.of(), List.of());
        }
        return new KeyFile(stamp, List.of(), names, List.of(), List.of());
    }

    private static byte[] bytes(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(LONGEST);
        }
    }

    private static String loose(FileStamp stamp) {
        return "is open to others than its owner (%s)".formatted(stamp.permissionText());
    }

    /** What comes together while one file is read. */
    private final class Loading {

        private final Path path;
        private final FileStamp stamp;
        private final List<SoftwareKey> keys = new ArrayList<>();
        private final Set<Ski> skis = new HashSet<>();
        private final CertificateNames certificates = new CertificateNames();
        private boolean certificateFound;
        private final List<String> problems = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();

        private Loading(Path path, FileStamp stamp) {
            this.path = path;
            this.stamp = stamp;
        }

        private void take(Finding finding) {
            switch (finding) {
                case Finding.Pair(KeyPairBytes bytes) -> {
                    try (bytes) {
                        bytes.key(crypto, origin())
                                .ifPresentOrElse(
                                        this::add,
                                        () -> problem(
                                                Finding.Unusable.inconsistent("an " + bytes.description() + " key")
                                                        .sentence()));
                    }
                }
                case Finding.Certificate(var certificate) -> {
                    certificates.add(certificate);
                    certificateFound = true;
                }
                case Finding.Accompaniment _ -> {}
                case Finding.Unusable(String sentence) -> problem(sentence);
            }
        }

        private void add(SoftwareKey key) {
            if (skis.add(key.info().ski())) keys.add(key);
        }

        /** The path, and from the second key on, which of the file's keys. */
        private String origin() {
            return keys.isEmpty() ? path.toString() : path + "#" + (keys.size() + 1);
        }

        private void problem(String sentence) {
            problems.add(path + " " + sentence);
        }

        private void warning(String sentence) {
            warnings.add(path + " " + sentence);
        }

        private KeyFile result() {
            if (keys.isEmpty() && problems.isEmpty()) problem(noKey().sentence());
            if (stamp.loose() && !keys.isEmpty()) warning(loose(stamp) + ": chmod 600");
            for (SoftwareKey key : keys) {
                if (weak(key)) {
                    warning("holds an %s key, which public CAs no longer certify: replace it by one of %d bits or more"
                            .formatted(key.info().description(), SMALLEST_GOOD_RSA));
                }
            }
            return new KeyFile(stamp, List.copyOf(keys), certificates, List.copyOf(problems), List.copyOf(warnings));
        }

        private Finding.Unusable noKey() {
            return certificateFound
                    ? Finding.Unusable.notPrivate("a certificate", "copy privkey.pem, not fullchain.pem")
                    : Finding.Unusable.notPrivate("parameters", "copy the key itself");
        }

        private static boolean weak(SoftwareKey key) {
            return key.info().algorithm() == KeyAlgorithm.RSA
                    && key.info().publicKey() instanceof RSAPublicKey rsa
                    && rsa.getModulus().bitLength() < SMALLEST_GOOD_RSA;
        }
    }
}
