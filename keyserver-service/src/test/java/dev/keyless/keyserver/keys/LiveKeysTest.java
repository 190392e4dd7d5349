package dev.keyless.keyserver.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.keyless.protocol.Opcode;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.SignatureException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LiveKeysTest {

    private final List<String> loads = new ArrayList<>();

    private final class Source implements KeyStoreSource {

        private final String name;
        private boolean changed;
        private List<ServedKey> keys = List.of();

        private Source(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean changed() {
            return changed;
        }

        @Override
        public Contents load() {
            loads.add(name);
            changed = false;
            return new Contents(keys, List.of(name + " problem"), List.of(name + " warning"));
        }
    }

    /** Signs with the private half that it is given, whatever its public half says. */
    private record Key(KeyInfo info, KeyPair signer) implements ServedKey {
        @Override
        public boolean cheap() {
            return true;
        }

        @Override
        public byte[] perform(Opcode opcode, byte[] payload) throws GeneralSecurityException {
            if (signer == null) throw new SignatureException("no");
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(signer.getPrivate());
            signature.update(payload);
            return signature.sign();
        }
    }

    private final Source first = new Source("first");
    private final Source second = new Source("second");
    private final LiveKeys keys = new LiveKeys(List.of(first, second));

    @Test
    void startsEmpty() {
        assertEquals(0, keys.current().size());
        assertEquals(List.of(), loads);
    }

    @Test
    void readsOnlyTheSourcesThatHaveChanged() throws Exception {
        keys.reload();
        second.changed = true;
        second.keys = List.of(key(pair(), "x"));

        assertTrue(keys.refresh());
        assertFalse(keys.refresh());

        assertEquals(List.of("first", "second", "second"), loads);
        assertEquals(1, keys.current().size());
        assertEquals(List.of("first problem", "second problem"), keys.problems());
        assertEquals(List.of("first warning", "second warning"), keys.warnings());
    }

    @Test
    void replacesTheRingAsAWhole() throws Exception {
        first.keys = List.of(key(pair(), "x"));
        keys.reload();
        KeyRing before = keys.current();
        first.keys = List.of(key(pair(), "x"));

        keys.reload();

        assertEquals(1, before.size());
        assertFalse(keys.current()
                .find(before.keys().iterator().next().info().ski())
                .isPresent());
    }

    @Test
    void theLaterOfTwoSourcesServesAKeyThatBothHold() throws Exception {
        KeyPair pair = pair();
        first.keys = List.of(key(pair, "one"));
        second.keys = List.of(key(pair, "two"));

        keys.reload();

        ServedKey served = keys.current().keys().iterator().next();
        assertEquals("two", served.info().origin());
        assertEquals(
                "one and two hold the same key (SKI " + served.info().ski() + "): remove one of them",
                keys.warnings().getLast());
    }

    @Test
    void listsAKeyThatDoesNotSignAsSuch() throws Exception {
        KeyPair pair = pair();
        first.keys = List.of(
                new Key(info(pair, "wrong"), pair()), new Key(info(pair(), "silent"), null), key(pair(), "good"));
        keys.reload();

        KeyListing listing = KeyListing.of(keys);

        assertFalse(listing.flawless());
        assertEquals(
                List.of("NO", "NO", "yes"),
                listing.text()
                        .lines()
                        .skip(1)
                        .limit(3)
                        .map(line -> line.split(" {2,}")[2])
                        .toList());
        assertFalse(KeyCheck.signs(first.keys.getFirst(), Optional.empty()));
    }

    private static KeyPair pair() throws GeneralSecurityException {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    private static Key key(KeyPair pair, String origin) {
        return new Key(info(pair, origin), pair);
    }

    private static KeyInfo info(KeyPair pair, String origin) {
        return KeyInfo.of(pair.getPublic(), KeyAlgorithm.ED25519, "Ed25519", origin, Set.of());
    }
}
