package dev.keyless.keyserver.peers;

import dev.keyless.protocol.Opcode;
import dev.keyless.protocol.Ski;
import java.util.Optional;
import java.util.Set;

/**
 * Someone who may connect, and what they may do.
 *
 * @param name for logs and metrics
 * @param operations the opcodes that are served to this peer
 * @param keys the keys that this peer may use; empty for all
 */
public record Peer(String name, Set<Opcode> operations, Optional<Set<Ski>> keys) {

    public Peer {
        operations = Set.copyOf(operations);
        keys = keys.map(Set::copyOf);
    }

    public boolean may(Opcode opcode) {
        return operations.contains(opcode);
    }

    public boolean mayUse(Ski ski) {
        return keys.isEmpty() || keys.get().contains(ski);
    }
}
