package dev.keyless.protocol;

import java.util.Arrays;
import java.util.Optional;

/**
 * The operation codes. Codes and {@link #wireName() names} are those of gokeyless ({@code protocol/protocol.go}); its
 * prose prints 0x36 for two of the PSS operations, SHA-512 is 0x37.
 */
public enum Opcode {
    RSA_DECRYPT(0x01, "OpRSADecrypt", Scheme.RSA_DECRYPT),
    RSA_SIGN_MD5SHA1(0x02, "OpRSASignMD5SHA1", Scheme.RSA_PKCS1, Digest.MD5_SHA1),
    RSA_SIGN_SHA1(0x03, "OpRSASignSHA1", Scheme.RSA_PKCS1, Digest.SHA1),
    RSA_SIGN_SHA224(0x04, "OpRSASignSHA224", Scheme.RSA_PKCS1, Digest.SHA224),
    RSA_SIGN_SHA256(0x05, "OpRSASignSHA256", Scheme.RSA_PKCS1, Digest.SHA256),
    RSA_SIGN_SHA384(0x06, "OpRSASignSHA384", Scheme.RSA_PKCS1, Digest.SHA384),
    RSA_SIGN_SHA512(0x07, "OpRSASignSHA512", Scheme.RSA_PKCS1, Digest.SHA512),
    ECDSA_SIGN_MD5SHA1(0x12, "OpECDSASignMD5SHA1", Scheme.ECDSA, Digest.MD5_SHA1),
    ECDSA_SIGN_SHA1(0x13, "OpECDSASignSHA1", Scheme.ECDSA, Digest.SHA1),
    ECDSA_SIGN_SHA224(0x14, "OpECDSASignSHA224", Scheme.ECDSA, Digest.SHA224),
    ECDSA_SIGN_SHA256(0x15, "OpECDSASignSHA256", Scheme.ECDSA, Digest.SHA256),
    ECDSA_SIGN_SHA384(0x16, "OpECDSASignSHA384", Scheme.ECDSA, Digest.SHA384),
    ECDSA_SIGN_SHA512(0x17, "OpECDSASignSHA512", Scheme.ECDSA, Digest.SHA512),
    ED25519_SIGN(0x18, "OpEd25519Sign", Scheme.ED25519),
    SEAL(0x21, "OpSeal", Scheme.SEAL),
    UNSEAL(0x22, "OpUnseal", Scheme.UNSEAL),
    RPC(0x23, "OpRPC", Scheme.RPC),
    CUSTOM(0x24, "OpCustom", Scheme.CUSTOM),
    RSA_PSS_SIGN_SHA256(0x35, "OpRSAPSSSignSHA256", Scheme.RSA_PSS, Digest.SHA256),
    RSA_PSS_SIGN_SHA384(0x36, "OpRSAPSSSignSHA384", Scheme.RSA_PSS, Digest.SHA384),
    RSA_PSS_SIGN_SHA512(0x37, "OpRSAPSSSignSHA512", Scheme.RSA_PSS, Digest.SHA512),
    RESPONSE(0xF0, "OpResponse", Scheme.REPLY),
    PING(0xF1, "OpPing", Scheme.PING),
    PONG(0xF2, "OpPong", Scheme.REPLY),
    ERROR(0xFF, "OpError", Scheme.REPLY);

    private static final Opcode[] VALUES = values();

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static final Optional<Opcode>[] BY_CODE = new Optional[256];

    static {
        Arrays.fill(BY_CODE, Optional.empty());
        for (Opcode opcode : VALUES) BY_CODE[opcode.code] = Optional.of(opcode);
    }

    private final int code;
    private final String wireName;
    private final Scheme scheme;
    private final Optional<Digest> digest;

    Opcode(int code, String wireName, Scheme scheme) {
        this(code, wireName, scheme, Optional.empty());
    }

    Opcode(int code, String wireName, Scheme scheme, Digest digest) {
        this(code, wireName, scheme, Optional.of(digest));
    }

    Opcode(int code, String wireName, Scheme scheme, Optional<Digest> digest) {
        this.code = code;
        this.wireName = wireName;
        this.scheme = scheme;
        this.digest = digest;
    }

    /** The opcode with this code, if there is one; {@code code} is the byte as 0 to 255. */
    public static Optional<Opcode> find(int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : Optional.empty();
    }

    /** The byte on the wire, 0 to 255. */
    public int code() {
        return code;
    }

    /** gokeyless's name, as its metrics and logs spell it. */
    public String wireName() {
        return wireName;
    }

    public Scheme scheme() {
        return scheme;
    }

    /** The hash whose digest is the payload; empty where the payload is no digest. */
    public Optional<Digest> digest() {
        return digest;
    }
}
