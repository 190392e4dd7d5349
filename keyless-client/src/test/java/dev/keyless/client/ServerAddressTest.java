package dev.keyless.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {

    @ParameterizedTest
    @CsvSource({
        "keys.example,keys.example,2407",
        "keys.example:1,keys.example,1",
        "127.0.0.1:65535,127.0.0.1,65535",
        "[::1],::1,2407",
        "[::1]:99,::1,99",
        "fe80::1,fe80::1,2407"
    })
    void readsHostAndPort(String text, String host, int port) {
        assertEquals(new ServerAddress(host, port), ServerAddress.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                ":1",
                "a:",
                "a:0",
                "a:65536",
                "a:x",
                "a:-1",
                "a:123456",
                "[::1",
                "[::1]x",
                "[]",
                "a b",
                "a/b:1"
            })
    void refusesAnythingElse(String text) {
        assertThrows(IllegalArgumentException.class, () -> ServerAddress.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"keys.example:2407", "[::1]:99"})
    void writesWhatItReads(String text) {
        assertEquals(text, ServerAddress.parse(text).toString());
    }

    @Test
    void saysWhatItFoundAndExpected() {
        IllegalArgumentException failure =
                assertThrows(IllegalArgumentException.class, () -> ServerAddress.parse("keys.example:https"));

        assertEquals("expected HOST:PORT, got 'keys.example:https'", failure.getMessage());
    }
}
