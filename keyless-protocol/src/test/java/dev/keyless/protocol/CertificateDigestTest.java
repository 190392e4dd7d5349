package dev.keyless.protocol;

import static dev.keyless.protocol.Bytes.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateDigestTest {

    @ParameterizedTest(name = "{0}")
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ED25519")
    void isWhatOpenSslComputes(OpenSslKeys vector) {
        assertEquals(
                Optional.of(vector.digest), CertificateDigest.of(vector.key()).map(CertificateDigest::toString));
    }

    @Test
    void anEd25519KeyHasNone() {
        assertEquals(Optional.empty(), CertificateDigest.of(OpenSslKeys.ED25519.key()));
    }

    @Test
    void keepsItsBytes() {
        byte[] bytes = bytes("00010203 04050607 08090a0b 0c0d0e0f 10111213 14151617 18191a1b 1c1d1eff");

        assertArrayEquals(bytes, CertificateDigest.of(bytes).bytes());
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 20, 31, 33})
    void refusesAnyOtherNumberOfBytes(int length) {
        assertThrows(IllegalArgumentException.class, () -> CertificateDigest.of(new byte[length]));
    }
}
