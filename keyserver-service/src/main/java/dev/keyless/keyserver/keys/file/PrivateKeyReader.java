package dev.keyless.keyserver.keys.file;

import dev.keyless.keyserver.keys.KeyAlgorithm;
import dev.keyless.keyserver.keys.file.Finding.Unusable;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.jspecify.annotations.Nullable;

/** Reads the three forms of a private key, derives the public half, and turns away what is not served. */
final class PrivateKeyReader {

    private static final int SMALLEST_RSA = 1024;
    private static final int LARGEST_RSA = 8192;

    private static final Map<ASN1ObjectIdentifier, String> CURVES = Map.of(
            SECObjectIdentifiers.secp256r1, "P-256",
            SECObjectIdentifiers.secp384r1, "P-384",
            SECObjectIdentifiers.secp521r1, "P-521");

    private static final Map<ASN1ObjectIdentifier, String> OTHER_KINDS = Map.of(
            PKCSObjectIdentifiers.id_RSASSA_PSS, "an RSA key restricted to PSS",
            X9ObjectIdentifiers.id_dsa, "a DSA key",
            PKCSObjectIdentifiers.dhKeyAgreement, "a Diffie-Hellman key",
            EdECObjectIdentifiers.id_Ed448, "an Ed448 key",
            EdECObjectIdentifiers.id_X25519, "an X25519 key",
            EdECObjectIdentifiers.id_X448, "an X448 key");

    private PrivateKeyReader() {}

    /** PKCS#8 (RFC 5958). */
    static Finding pkcs8(PrivateKeyInfo info) throws IOException {
        AlgorithmIdentifier kind = info.getPrivateKeyAlgorithm();
        ASN1ObjectIdentifier algorithm = kind.getAlgorithm();
        if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return pkcs1(RSAPrivateKey.getInstance(info.parsePrivateKey()));
        }
        if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            ECPrivateKey key = ECPrivateKey.getInstance(info.parsePrivateKey());
            return ec(key, kind.getParameters(), info.getPublicKeyData());
        }
        if (algorithm.equals(EdECObjectIdentifiers.id_Ed25519)) return ed25519(info);
        return Unusable.wrongKind(OTHER_KINDS.getOrDefault(algorithm, "a key of algorithm " + algorithm));
    }

    /** SEC 1 (RFC 5915), where the key names its curve itself. */
    static Finding sec1(ECPrivateKey key) throws IOException {
        return ec(key, key.getParametersObject(), null);
    }

    /** PKCS#1 (RFC 8017, appendix A.1.2). */
    static Finding pkcs1(RSAPrivateKey key) throws IOException {
        int bits = key.getModulus().bitLength();
        String description = "RSA " + bits;
        if (bits < SMALLEST_RSA || bits > LARGEST_RSA) return Unusable.wrongKind("an " + description + " key");
        AlgorithmIdentifier algorithm = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
        return new Finding.Pair(new KeyPairBytes(
                KeyAlgorithm.RSA,
                description,
                new PrivateKeyInfo(algorithm, key),
                new SubjectPublicKeyInfo(algorithm, new RSAPublicKey(key.getModulus(), key.getPublicExponent()))));
    }

    private static Finding ec(
            ECPrivateKey key, @Nullable ASN1Encodable parameters, @Nullable ASN1BitString outerPublicKey)
            throws IOException {
        if (!(parameters instanceof ASN1ObjectIdentifier curve)) {
            return new Unusable("holds an EC key that does not name its curve; expected P-256, P-384 or P-521 by name: "
                    + "convert it with openssl ec -param_enc named_curve");
        }
        String curveName = CURVES.get(curve);
        if (curveName == null) {
            String name = ECNamedCurveTable.getName(curve);
            return Unusable.wrongKind("an EC key on curve " + (name == null ? curve.getId() : name));
        }
        String description = "EC " + curveName;
        X9ECParameters domain = CustomNamedCurves.getByOID(curve);
        BigInteger secret = key.getKey();
        if (secret.signum() <= 0 || secret.compareTo(domain.getN()) >= 0) {
            return Unusable.inconsistent("an " + description + " key");
        }
        ECPoint point =
                new FixedPointCombMultiplier().multiply(domain.getG(), secret).normalize();
        if (differs(key.getPublicKey(), domain, point) || differs(outerPublicKey, domain, point)) {
            return Unusable.inconsistent("an " + description + " key");
        }
        AlgorithmIdentifier algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve);
        int orderBits = domain.getN().bitLength();
        SubjectPublicKeyInfo half = new SubjectPublicKeyInfo(algorithm, point.getEncoded(false));
        PrivateKeyInfo whole =
                new PrivateKeyInfo(algorithm, new ECPrivateKey(orderBits, secret, half.getPublicKeyData(), null));
        return new Finding.Pair(new KeyPairBytes(KeyAlgorithm.EC, description, whole, half));
    }

    private static boolean differs(@Nullable ASN1BitString encoded, X9ECParameters domain, ECPoint point) {
        return encoded != null
                && !domain.getCurve().decodePoint(encoded.getOctets()).equals(point);
    }

    private static Finding ed25519(PrivateKeyInfo info) throws IOException {
        byte[] seed = ASN1OctetString.getInstance(info.parsePrivateKey()).getOctets();
        if (seed.length != Ed25519PrivateKeyParameters.KEY_SIZE) return Unusable.damaged("an Ed25519 key");
        byte[] point =
                new Ed25519PrivateKeyParameters(seed, 0).generatePublicKey().getEncoded();
        ASN1BitString given = info.getPublicKeyData();
        if (given != null && !Arrays.equals(given.getOctets(), point)) {
            return Unusable.inconsistent("an Ed25519 key");
        }
        AlgorithmIdentifier algorithm = new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519);
        return new Finding.Pair(new KeyPairBytes(
                KeyAlgorithm.ED25519,
                "Ed25519",
                new PrivateKeyInfo(algorithm, new DEROctetString(seed)),
                new SubjectPublicKeyInfo(algorithm, point)));
    }
}
