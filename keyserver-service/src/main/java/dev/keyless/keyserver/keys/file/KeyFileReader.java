package dev.keyless.keyserver.keys.file;

import dev.keyless.keyserver.keys.file.Finding.Unusable;
import java.util.ArrayList;
import java.util.List;

/** From the bytes of a file to what is in it. */
final class KeyFileReader {

    private static final String EXPECTED = "expected a private key in PEM or DER";

    private KeyFileReader() {}

    /** Everything in the file, in its order; never empty. The bytes are the caller's to wipe. */
    static List<Finding> read(byte[] file) {
        if (file.length == 0) return List.of(new Unusable("is empty; " + EXPECTED + ": copy the file again"));
        List<PemScanner.Block> blocks = PemScanner.scan(file);
        if (!blocks.isEmpty()) {
            List<Finding> findings = new ArrayList<>(blocks.size());
            for (PemScanner.Block block : blocks) findings.add(block(block));
            return findings;
        }
        if (DerReader.looksLikeDer(file)) return List.of(DerReader.read(file));
        return List.of(
                new Unusable((isText(file) ? "holds text without a PEM block; " : "holds binary data that is not DER; ")
                        + EXPECTED
                        + ": copy the key file itself"));
    }

    private static Finding block(PemScanner.Block block) {
        return switch (block) {
            case PemScanner.Encrypted _ -> DerReader.encrypted();
            case PemScanner.Damaged(String label, String fault) ->
                new Unusable("holds a PEM block \"%s\" that %s: copy the file again".formatted(label, fault));
            case PemScanner.Decoded decoded -> {
                try (decoded) {
                    yield labelled(decoded.label(), decoded.der());
                }
            }
        };
    }

    private static Finding labelled(String label, byte[] der) {
        return switch (label) {
            case "CERTIFICATE", "X509 CERTIFICATE" -> DerReader.certificate(der);
            case "ENCRYPTED PRIVATE KEY" -> DerReader.encrypted();
            case "PUBLIC KEY", "RSA PUBLIC KEY" -> DerReader.publicKey();
            case "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST" -> DerReader.request();
            case "OPENSSH PRIVATE KEY" ->
                new Unusable("holds a key in OpenSSH's own form; expected PKCS#8, PKCS#1 or SEC 1: "
                        + "convert it with ssh-keygen -p -m PKCS8 -f FILE");
            case "EC PARAMETERS", "DH PARAMETERS", "DSA PARAMETERS" -> new Finding.Accompaniment();
            default ->
                label.endsWith("PRIVATE KEY")
                        ? DerReader.read(der)
                        : Unusable.notPrivate(
                                "a PEM block \"" + label + "\"", "copy the block that ends in PRIVATE KEY");
        };
    }

    private static boolean isText(byte[] file) {
        for (byte b : file) {
            if (b < '\t' || b > '~') return false;
        }
        return true;
    }
}
