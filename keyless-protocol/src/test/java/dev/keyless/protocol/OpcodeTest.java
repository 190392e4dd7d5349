package dev.keyless.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpcodeTest {

    /** The table of the protocol reference: code, gokeyless's name, label {@code type} of its metrics, digest length. */
    @ParameterizedTest(name = "0x{0} is {1}")
    @CsvSource({
        "01, OpRSADecrypt,       rsa,     0",
        "02, OpRSASignMD5SHA1,   rsa,     36",
        "03, OpRSASignSHA1,      rsa,     20",
        "04, OpRSASignSHA224,    rsa,     28",
        "05, OpRSASignSHA256,    rsa,     32",
        "06, OpRSASignSHA384,    rsa,     48",
        "07, OpRSASignSHA512,    rsa,     64",
        "12, OpECDSASignMD5SHA1, ecdsa,   36",
        "13, OpECDSASignSHA1,    ecdsa,   20",
        "14, OpECDSASignSHA224,  ecdsa,   28",
        "15, OpECDSASignSHA256,  ecdsa,   32",
        "16, OpECDSASignSHA384,  ecdsa,   48",
        "17, OpECDSASignSHA512,  ecdsa,   64",
        "18, OpEd25519Sign,      ed25519, 0",
        "21, OpSeal,             other,   0",
        "22, OpUnseal,           other,   0",
        "23, OpRPC,              rpc,     0",
        "24, OpCustom,           custom,  0",
        "35, OpRSAPSSSignSHA256, rsa,     32",
        "36, OpRSAPSSSignSHA384, rsa,     48",
        "37, OpRSAPSSSignSHA512, rsa,     64",
        "f0, OpResponse,         other,   0",
        "f1, OpPing,             other,   0",
        "f2, OpPong,             other,   0",
        "ff, OpError,            other,   0",
    })
    void hasGokeylesssCodeNameAndKind(String code, String wireName, String label, int digestLength) {
        Opcode opcode = Opcode.find(Integer.parseInt(code, 16)).orElseThrow();

        assertEquals(wireName, opcode.wireName());
        assertEquals(Integer.parseInt(code, 16), opcode.code());
        assertEquals(label, opcode.scheme().label());
        assertEquals(digestLength, opcode.digest().map(Digest::length).orElse(0));
    }

    @Test
    void thereAreNoOthers() {
        assertEquals(25, Opcode.values().length);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            ints = {0x00, 0x08, 0x11, 0x19, 0x20, 0x25, 0x34, 0x38, 0xF3, 0xFE, 0x100, 0x105, -1, Integer.MIN_VALUE})
    void knowsNoOtherCode(int code) {
        assertEquals(Optional.empty(), Opcode.find(code));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {0x01, 0x02, 0x07, 0x12, 0x17, 0x18, 0x35, 0x37})
    void saysWhichOperationsNeedAKey(int code) {
        assertTrue(Opcode.find(code).orElseThrow().scheme().needsKey());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {0x21, 0x22, 0x23, 0x24, 0xF0, 0xF1, 0xF2, 0xFF})
    void saysWhichOperationsNeedNone(int code) {
        assertFalse(Opcode.find(code).orElseThrow().scheme().needsKey());
    }
}
