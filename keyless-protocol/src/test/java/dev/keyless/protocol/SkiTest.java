package dev.keyless.protocol;

import static dev.keyless.protocol.Bytes.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.PublicKey;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SkiTest {

    private static final String HEX = "00112233445566778899aabbccddeeff01234567";

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void isWhatOpenSslComputes(OpenSslKeys vector) {
        assertEquals(vector.ski, Ski.of(vector.key()).hex());
    }

    @Test
    void isTheSameAsBytesAndAsText() {
        Ski ski = Ski.of(bytes(HEX));

        assertEquals(HEX, ski.hex());
        assertEquals(HEX, ski.toString());
        assertArrayEquals(bytes(HEX), ski.bytes());
        assertEquals(ski, Ski.parse(HEX));
    }

    @Test
    void readsCapitalLetters() {
        assertEquals(Ski.parse(HEX), Ski.parse("00112233445566778899AABBCCDDEEFF01234567"));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "00",
                "00112233445566778899aabbccddeeff0123456",
                "00112233445566778899aabbccddeeff0123456789",
                "00112233445566778899aabbccddeeff0123456g",
                "00:112233445566778899aabbccddeeff0123456"
            })
    void refusesTextThatIsNot40HexadecimalDigits(String text) {
        assertThrows(IllegalArgumentException.class, () -> Ski.parse(text));
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 19, 21, 32})
    void refusesAnyOtherNumberOfBytes(int length) {
        assertThrows(IllegalArgumentException.class, () -> Ski.of(new byte[length]));
    }

    @Test
    void refusesAKeyThatDoesNotShowItsEncoding() {
        assertThrows(IllegalArgumentException.class, () -> Ski.of(keyEncodedAs(null)));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "30",
                "3000",
                "30 02 3000",
                "30 05 3000 0301 01",
                "30 04 3000 0300",
                "30 04 3000 0400",
                "31 00",
                "30 80",
                "30 84 7fffffff",
                "30 84 ffffffff",
                "30 ff 00*127",
                "30 88 ffffffffffffffff"
            })
    void refusesAnEncodingThatIsNoSubjectPublicKeyInfo(String der) {
        assertThrows(IllegalArgumentException.class, () -> Ski.of(keyEncodedAs(bytes(der))));
    }

    @Test
    void refusesAnEncodingThatIsCutAnywhere() {
        byte[] whole = OpenSslKeys.RSA_2048.key().getEncoded();

        for (int length = 0; length < whole.length; length++) {
            PublicKey cut = keyEncodedAs(Arrays.copyOf(whole, length));
            assertThrows(IllegalArgumentException.class, () -> Ski.of(cut));
        }
    }

    /** Keys of hardware modules may be of classes of their own. */
    private static PublicKey keyEncodedAs(byte[] encoded) {
        return new PublicKey() {
            @Override
            public String getAlgorithm() {
                return "test";
            }

            @Override
            public String getFormat() {
                return "X.509";
            }

            @Override
            public byte[] getEncoded() {
                return encoded;
            }
        };
    }
}
