package dev.keyless.keyserver.keys.crypto;

import dev.keyless.protocol.Digest;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.HexFormat;

/** Encodes a digest into the block that RSA signs (RFC 8017, section 9). */
final class RsaEncoding {

    /** The DER of DigestInfo up to the digest (RFC 8017, section 9.2, note 1); none for TLS 1.0's pair of hashes. */
    private static final byte[][] DIGEST_INFO = new byte[Digest.values().length][];

    static {
        prefix(Digest.MD5_SHA1, "");
        prefix(Digest.SHA1, "3021300906052b0e03021a05000414");
        prefix(Digest.SHA224, "302d300d06096086480165030402040500041c");
        prefix(Digest.SHA256, "3031300d060960864801650304020105000420");
        prefix(Digest.SHA384, "3041300d060960864801650304020205000430");
        prefix(Digest.SHA512, "3051300d060960864801650304020305000440");
    }

    private RsaEncoding() {}

    /** EMSA-PKCS1-v1_5: {@code 00 01 FF..FF 00 DigestInfo}. */
    static byte[] pkcs1(Digest hash, byte[] digest, int modulusLength) throws SignatureException {
        byte[] info = DIGEST_INFO[hash.ordinal()];
        byte[] block = new byte[modulusLength];
        int infoAt = modulusLength - info.length - digest.length;
        if (infoAt < 11) throw tooSmall(hash);
        block[1] = 1;
        Arrays.fill(block, 2, infoAt - 1, (byte) 0xFF);
        System.arraycopy(info, 0, block, infoAt, info.length);
        System.arraycopy(digest, 0, block, infoAt + info.length, digest.length);
        return block;
    }

    /**
     * EMSA-PSS with a salt as long as the hash and MGF1 over the same hash. The encoded message is one bit shorter than the
     * modulus, so for a modulus of 8n+1 bits the block begins with a byte of zero.
     */
    static byte[] pss(Digest hash, byte[] digest, int modulusBits, SecureRandom random)
            throws GeneralSecurityException {
        int encodedBits = modulusBits - 1;
        int encodedLength = (encodedBits + 7) / 8;
        int hashLength = hash.length();
        if (encodedLength < 2 * hashLength + 2) throw tooSmall(hash);
        byte[] salt = new byte[hashLength];
        random.nextBytes(salt);
        MessageDigest function = MessageDigest.getInstance(hash.jcaName());

        byte[] block = new byte[(modulusBits + 7) / 8];
        int start = block.length - encodedLength;
        int hashAt = block.length - 1 - hashLength;
        function.update(new byte[8]);
        function.update(digest);
        byte[] h = function.digest(salt);
        block[hashAt - hashLength - 1] = 1;
        System.arraycopy(salt, 0, block, hashAt - hashLength, hashLength);
        mask(block, start, hashAt, h, function);
        System.arraycopy(h, 0, block, hashAt, hashLength);
        block[block.length - 1] = (byte) 0xBC;
        block[start] &= (byte) (0xFF >>> (8 * encodedLength - encodedBits));
        return block;
    }

    /** Exclusive or with MGF1 (RFC 8017, appendix B.2.1) of the seed, from one index to before another. */
    private static void mask(byte[] block, int from, int to, byte[] seed, MessageDigest function) {
        byte[] counter = new byte[4];
        for (int at = from; at < to; counter[3]++) { // a modulus takes far fewer than 256 hashes
            function.update(seed);
            byte[] mask = function.digest(counter);
            for (int i = 0; i < mask.length && at < to; i++) block[at++] ^= mask[i];
        }
    }

    private static void prefix(Digest hash, String hex) {
        DIGEST_INFO[hash.ordinal()] = HexFormat.of().parseHex(hex);
    }

    private static SignatureException tooSmall(Digest hash) {
        return new SignatureException("the modulus is too small for " + hash.jcaName());
    }
}
