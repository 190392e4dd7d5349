package dev.keyless.keyserver.signing;

import dev.keyless.keyserver.peers.OpcodeConverter;
import dev.keyless.protocol.Opcode;
import io.quarkus.arc.Unremovable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import java.util.Optional;
import java.util.Set;

/** Operations that nobody gets, whoever asks. */
@Unremovable
@ConfigMapping(prefix = "keyserver.operations")
public interface OperationsConfig {

    /**
     * Operations to switch off, by gokeyless's names ({@code OpRSADecrypt}) or ours ({@code RSA_DECRYPT}), in any case and
     * separated by commas. They are answered with error 0x05 (bad opcode).
     */
    Optional<Set<@WithConverter(OpcodeConverter.class) Opcode>> disabled();
}
