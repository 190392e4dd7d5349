package dev.keyless.keyserver.keys;

import io.quarkus.arc.Unremovable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the private keys are that this server signs with. */
@Unremovable
@ConfigMapping(prefix = "keyserver.keys")
public interface KeysConfig {

    /** The key stores, read in this order. Each entry has exactly one of {@code dir}, {@code file} and {@code uri}. */
    List<Store> stores();

    /** Whether a key file that others than its owner may read is left out and reported, rather than used with a warning. */
    @WithDefault("false")
    boolean refuseLoosePermissions();

    /** One key store. */
    interface Store {

        /** A folder: every {@code *.key} file in it and below, PEM or DER. Relative to the working directory. */
        Optional<Path> dir();

        /** One key file, PEM or DER, whatever its name. Relative to the working directory. */
        Optional<Path> file();

        /**
         * Keys in a token: a PKCS#11 URI (RFC 7512) such as
         * {@code pkcs11:token=keys;object=www?module-path=/usr/lib/softhsm/libsofthsm2.so&pin-source=/run/secrets/pin}.
         */
        Optional<String> uri();
    }
}
