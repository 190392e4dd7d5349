package dev.keyless.keyserver.keys.stores;

import dev.keyless.keyserver.keys.KeyStoreSource;
import java.util.List;
import java.util.Locale;

/** Stands for an entry that this build has nothing for, so that the others are served all the same. */
record UnsupportedStore(String name) implements KeyStoreSource {

    @Override
    public boolean changed() {
        return false;
    }

    @Override
    public Contents load() {
        String what = name.toLowerCase(Locale.ROOT).startsWith("pkcs11:")
                ? "PKCS#11 URIs are not supported yet by this build"
                : "key stores of this kind are not supported by this build";
        return new Contents(List.of(), List.of(name + ": " + what + ": use a dir or file entry"), List.of());
    }
}
