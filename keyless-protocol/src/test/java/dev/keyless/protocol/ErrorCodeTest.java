package dev.keyless.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorCodeTest {

    /** Section 6 of the protocol reference. */
    @ParameterizedTest(name = "{0} is \"{1}\"")
    @CsvSource({
        "0,  no error",
        "1,  cryptography error",
        "2,  key not found due to no matching SKI/SNI/ServerIP",
        "3,  read failure",
        "4,  version mismatch",
        "5,  bad opcode",
        "6,  unexpected opcode",
        "7,  malformed message",
        "8,  internal error",
        "9,  certificate not found",
        "10, sealing key expired",
        "11, remote configuration error",
    })
    void hasGokeylesssCodeAndText(int code, String text) {
        ErrorCode error = ErrorCode.find(code).orElseThrow();

        assertEquals(text, error.text());
        assertEquals(code, error.code());
    }

    @Test
    void thereAreNoOthers() {
        assertEquals(12, ErrorCode.values().length);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {12, 255, 256, -1})
    void findsNothingForAnUnknownCode(int code) {
        assertEquals(Optional.empty(), ErrorCode.find(code));
    }
}
