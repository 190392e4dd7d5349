package dev.keyless.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.keyless.protocol.Opcode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteSignerTest {

    @ParameterizedTest
    @CsvSource({
        "0x0401,RSA_SIGN_SHA256",
        "0x0501,RSA_SIGN_SHA384",
        "0x0601,RSA_SIGN_SHA512",
        "0x0403,ECDSA_SIGN_SHA256",
        "0x0503,ECDSA_SIGN_SHA384",
        "0x0603,ECDSA_SIGN_SHA512",
        "0x0804,RSA_PSS_SIGN_SHA256",
        "0x0805,RSA_PSS_SIGN_SHA384",
        "0x0806,RSA_PSS_SIGN_SHA512",
        "0x0807,ED25519_SIGN",
        "0x0809,RSA_PSS_SIGN_SHA256",
        "0x080a,RSA_PSS_SIGN_SHA384",
        "0x080b,RSA_PSS_SIGN_SHA512",
        "0x0201,RSA_SIGN_SHA1",
        "0x0203,ECDSA_SIGN_SHA1"
    })
    void knowsTheSignatureSchemesOfTls(String scheme, Opcode opcode) {
        assertEquals(Optional.of(opcode), RemoteSigner.opcodeFor(Integer.decode(scheme)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0x0808, 0x0202, -1, 0x10403})
    void knowsNoOpcodeForOtherSchemes(int scheme) {
        assertEquals(Optional.empty(), RemoteSigner.opcodeFor(scheme));
    }

    @ParameterizedTest
    @CsvSource({
        "SHA256withECDSA,ECDSA_SIGN_SHA256",
        "sha512WITHrsa,RSA_SIGN_SHA512",
        "SHA384withRSAandMGF1,RSA_PSS_SIGN_SHA384",
        "Ed25519,ED25519_SIGN"
    })
    void knowsJavasNamesInAnyCase(String name, Opcode opcode) {
        assertEquals(Optional.of(opcode), RemoteSigner.opcodeFor(name));
    }

    /** Digests of 'abc' from FIPS 180-4's examples and RFC 1321. */
    @ParameterizedTest
    @CsvSource({
        "RSA_SIGN_MD5SHA1,900150983cd24fb0d6963f7d28e17f72a9993e364706816aba3e25717850c26c9cd0d89d",
        "ECDSA_SIGN_SHA1,a9993e364706816aba3e25717850c26c9cd0d89d",
        "RSA_PSS_SIGN_SHA256,ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "ED25519_SIGN,616263"
    })
    void hashesAsTheOpcodeAsks(Opcode opcode, String expected) {
        byte[] message = "abc".getBytes(StandardCharsets.US_ASCII);

        assertArrayEquals(HexFormat.of().parseHex(expected), RemoteSigner.toBeSigned(opcode, message));
    }

    @ParameterizedTest
    @EnumSource(
            value = Opcode.class,
            names = {"RSA_DECRYPT", "SEAL", "UNSEAL", "RPC", "CUSTOM", "RESPONSE", "PING", "PONG", "ERROR"})
    void signsOnlyWithOpcodesThatSign(Opcode opcode) {
        assertThrows(IllegalArgumentException.class, () -> RemoteSigner.requireSignable(opcode, new byte[32]));
    }

    @Test
    void refusesADigestOfTheWrongLength() {
        IllegalArgumentException failure = assertThrows(
                IllegalArgumentException.class,
                () -> RemoteSigner.requireSignable(Opcode.ECDSA_SIGN_SHA384, new byte[32]));

        assertEquals("OpECDSASignSHA384 signs a digest of 48 bytes, got 32", failure.getMessage());
    }
}
