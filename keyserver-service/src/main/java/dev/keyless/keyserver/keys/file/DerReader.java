package dev.keyless.keyserver.keys.file;

import dev.keyless.keyserver.keys.file.Finding.Unusable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;

/** Tells by its shape what a DER structure is, so a wrong label on a PEM block does not matter. */
final class DerReader {

    private static final int SEQUENCE = 0x30;

    private DerReader() {}

    static boolean looksLikeDer(byte[] bytes) {
        return bytes.length > 2 && bytes[0] == SEQUENCE;
    }

    static Finding read(byte[] der) {
        try {
            return ASN1Primitive.fromByteArray(der) instanceof ASN1Sequence sequence
                    ? read(sequence, der)
                    : Unusable.damaged("a DER structure");
        } catch (IOException | RuntimeException e) { // Bouncy Castle throws either; its messages may quote the file
            return Unusable.damaged("a DER structure");
        }
    }

    static Finding certificate(byte[] der) {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            return new Finding.Certificate(
                    (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
        } catch (CertificateException e) {
            return Unusable.damaged("a certificate");
        }
    }

    private static Finding read(ASN1Sequence sequence, byte[] der) throws IOException {
        if (sequence.size() < 2) return other();
        ASN1Encodable first = sequence.getObjectAt(0);
        if (first instanceof ASN1Integer version) return afterVersion(sequence, version);
        if (first instanceof ASN1Sequence inner) return afterSequence(sequence, inner, der);
        return other();
    }

    private static Finding afterVersion(ASN1Sequence sequence, ASN1Integer version) throws IOException {
        ASN1Encodable second = sequence.getObjectAt(1);
        int size = sequence.size();
        if (second instanceof ASN1OctetString) return PrivateKeyReader.sec1(ECPrivateKey.getInstance(sequence));
        if (second instanceof ASN1Sequence) {
            return version.hasValue(3)
                    ? Unusable.notPrivate(
                            "a PKCS#12 store", "extract the key with openssl pkcs12 -nocerts -noenc -in STORE -out NEW")
                    : PrivateKeyReader.pkcs8(PrivateKeyInfo.getInstance(sequence));
        }
        if (size == 9) return PrivateKeyReader.pkcs1(RSAPrivateKey.getInstance(sequence));
        if (size == 10) return Unusable.wrongKind("an RSA key of more than two primes");
        if (size == 6) return Unusable.wrongKind("a DSA key");
        return size == 2 ? publicKey() : other();
    }

    private static Finding afterSequence(ASN1Sequence sequence, ASN1Sequence inner, byte[] der) {
        ASN1Encodable last = sequence.getObjectAt(sequence.size() - 1);
        if (sequence.size() == 2) {
            if (last instanceof ASN1OctetString) return encrypted();
            return last instanceof ASN1BitString ? publicKey() : other();
        }
        if (sequence.size() == 3 && last instanceof ASN1BitString && inner.size() > 2) {
            boolean request =
                    inner.getObjectAt(0) instanceof ASN1Integer version && version.hasValue(0) && inner.size() <= 4;
            return request ? request() : certificate(der);
        }
        return other();
    }

    static Finding encrypted() {
        return new Unusable("holds a private key that is encrypted with a passphrase, which nobody can type here: "
                + "decrypt it with openssl pkey -in OLD -out NEW");
    }

    static Finding publicKey() {
        return Unusable.notPrivate("a public key", "copy the private half of the pair");
    }

    static Finding request() {
        return Unusable.notPrivate("a certificate request", "copy the key that it was made with");
    }

    private static Finding other() {
        return Unusable.notPrivate("a DER structure of another kind", "copy the key in PKCS#8, PKCS#1 or SEC 1 form");
    }
}
