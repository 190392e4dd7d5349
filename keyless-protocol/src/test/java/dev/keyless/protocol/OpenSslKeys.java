package dev.keyless.protocol;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * Public keys with the identifiers that OpenSSL 3.0.19 computed for them; the private keys are gone. Computed with
 *
 * <pre>
 * key:    openssl pkey -in key -pubout -outform DER | base64
 * ski:    openssl req -x509 -new -key key -subj /CN=x -addext subjectKeyIdentifier=hash |
 *             openssl x509 -noout -ext subjectKeyIdentifier
 * digest, RSA:
 *         openssl rsa -in key -noout -modulus | sed 's/^Modulus=//' | tr -d '\n' | openssl dgst -sha256
 * digest, EC (the last 33, 49 or 67 bytes are the compressed point):
 *         openssl ec -in key -pubout -conv_form compressed -outform DER | tail -c 33 | xxd -p -u -c 200 | tr -d '\n' |
 *             openssl dgst -sha256
 * </pre>
 */
enum OpenSslKeys {
    RSA_2048(
            "RSA",
            """
            MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAyDVp5dXlxqK00RUvCu2K1W8AOfwGMTTV5SqMLPinHQw7
            pgqKOsijvjkQvXrfV/4mqINM2pmLk0oUs/3UBRbSjDb4vjUTGwF1Vcr7qIX1gEMgidICJv671L3K7AJPb/geaOYu
            ImQY/biO9N3vuj5+GPc69IdfWkK+k55gLliEv4Y+BzW8o1Udlc12JabUxiLwSIWVONtYqtli2HPIjW6xL8jzwpsy
            3XvRuoDjh5qL7Hgi5c0gEhhoZEE087QOz+hLe/PFxxF0pHpj2e5BBVu0TCDMU3uqKovsY9dINd2RR/6tds2ssHqF
            9NuKg/15ybond8Z3+Y0gYYB4rX6bgVwC9wIDAQAB
            """,
            "0054ef9b6d3f27249387498c97a1af35ec199cfa",
            "43236491fbc41dc618ff560182cdad494a81cad5f82cba7feca0a0a200d7874d"),

    /** Its x begins with a zero byte, and y is even. */
    P256_SHORT_X(
            "EC",
            """
            MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEACqdgE2X6juwQLs2RFIoZhjvrRug3YIoK7y0HRlu3sNPaLirV2AR
            FoiBOkjrp3XPX1aXlh+WB8i8apjbhAEK9A==
            """,
            "1ed782df353bb1f86832df3929e2386a585a53b4",
            "d6344675ab90e7f485ec1559cec1f1032a1cac9a479871f83492c0f0e1e1a853"),

    /** The highest bit of x is set, and y is odd. */
    P384_HIGH_X(
            "EC",
            """
            MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEu2AMynhboBPmWxNNcdTofOTScDelbJ8YMkez4+o36LvR4lc+7em2YifG
            UsoVS3mt3JE1ke307CcbfJmkmGc/Jb57oMCKZaYwuHHcB3KWsfTEwpliBK5v6zvqEbMf8EVN
            """,
            "b45ce6ed7684a3a06cd8dce805dba0911624cee1",
            "6ace7101637289717d47c431a3e199aadbbdc9a854ff6e2a4ceee2c012cddf4f"),

    /** 521 bits do not fill their 66 bytes. */
    P521(
            "EC",
            """
            MIGbMBAGByqGSM49AgEGBSuBBAAjA4GGAAQAoFEv07ogV8Kgoi35Vm3mD4wJRswwBLRrS3FegeuJbv9RpWvs420b
            zXkGwzTfI6PLhYw0wjvePa94fPZ5dMfeWwYAhjfH0rcb8vsNpQB7wsk/XOw23+xGSlSR3PpTo1E9w7Uf9gRMMnHs
            SuPyJZzu2ccGAOtTvRcOsPqX0/iWN9EX+Ig=
            """,
            "d6250acc36c502e24a1d5059f80d20a4aa3ac07c",
            "b0bd86444c22355fea6df818224190eb178ab0a21dc20715e68cd869ba87083c"),

    /** Has no digest: the C server never knew such keys. */
    ED25519(
            "Ed25519",
            "MCowBQYDK2VwAyEAxwY3YcWCixBsqJONVcQl2nSg/OOt4lcbiBa2QFd/vk8=",
            "9a9b1d7ee47d411710fa8bd33ba499a260c63c8a",
            "");

    final String ski;
    final String digest;
    private final String algorithm;
    private final String base64;

    OpenSslKeys(String algorithm, String base64, String ski, String digest) {
        this.algorithm = algorithm;
        this.base64 = base64;
        this.ski = ski;
        this.digest = digest;
    }

    PublicKey key() {
        try {
            return KeyFactory.getInstance(algorithm)
                    .generatePublic(
                            new X509EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot read the key " + this, e);
        }
    }
}
