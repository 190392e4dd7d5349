package dev.keyless.bench;

import dev.keyless.client.ClientTls;
import dev.keyless.client.KeylessConnection;
import dev.keyless.client.ServerAddress;
import dev.keyless.protocol.Frame;
import dev.keyless.protocol.Opcode;
import dev.keyless.protocol.Ski;
import java.util.List;
import java.util.Optional;

/** A server that somebody else has started. */
record ForeignServer(
        ServerAddress address,
        ClientFiles clientFiles,
        Optional<TestedKey> ecdsa,
        Optional<TestedKey> rsa,
        Optional<ProcessMeter> meter)
        implements RunningServer {

    /** A DER SEQUENCE, which is what an ECDSA signature is. */
    private static final byte DER_SEQUENCE = 0x30;

    private static final int LONGEST_P256_SIGNATURE = 72;

    /**
     * Asks the server what kinds of keys these are, by having them sign.
     *
     * @throws BenchException if it cannot be reached, or holds none of them as P-256 or RSA key
     */
    static ForeignServer at(ServerAddress address, ClientFiles files, List<Ski> skis, Optional<ProcessMeter> meter) {
        Optional<TestedKey> ecdsa = Optional.empty();
        Optional<TestedKey> rsa = Optional.empty();
        try (Clients clients = new Clients(ClientTls.ofPem(files.ca(), files.certificate(), files.key()), address, 1)) {
            KeylessConnection connection = clients.connect(1).getFirst();
            for (Ski ski : skis) {
                TestedKey asEcdsa = new TestedKey(Opcode.ECDSA_SIGN_SHA256, ski, Optional.empty());
                TestedKey asRsa = new TestedKey(Opcode.RSA_PSS_SIGN_SHA256, ski, Optional.empty());
                if (isEcdsa(Clients.ask(connection, asEcdsa.request()))) {
                    ecdsa = Optional.of(asEcdsa);
                } else {
                    asRsa.requireSigned(Clients.ask(connection, asRsa.request()));
                    rsa = Optional.of(asRsa);
                }
            }
        }
        return new ForeignServer(address, files, ecdsa, rsa, meter);
    }

    /** Not every server refuses an opcode that is for another kind of key, so the answer decides. */
    private static boolean isEcdsa(Frame reply) {
        byte[] payload = reply.payload();
        return reply.opcode() == Opcode.RESPONSE.code()
                && payload.length <= LONGEST_P256_SIGNATURE
                && payload.length > 0
                && payload[0] == DER_SEQUENCE;
    }

    @Override
    public void close() {}
}
