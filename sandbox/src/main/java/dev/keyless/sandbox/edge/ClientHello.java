package dev.keyless.sandbox.edge;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a visitor's first message says about what it can do (RFC 8446, section 4.1.2; RFC 5246, section 7.4.1.2).
 *
 * @param serverName the host name asked for, lower case
 * @param tls13 whether TLS 1.3 is offered
 * @param schemes the signature schemes that it accepts; empty if it does not say (possible before TLS 1.3)
 * @param groups the curves it can do; empty if it does not say
 */
record ClientHello(
        Optional<String> serverName,
        boolean tls13,
        Set<Integer> cipherSuites,
        Optional<Set<Integer>> schemes,
        Optional<Set<Integer>> groups) {

    private static final int SERVER_NAME = 0;
    private static final int SUPPORTED_GROUPS = 10;
    private static final int SIGNATURE_ALGORITHMS = 13;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int TLS_1_3 = 0x0304;
    private static final int HOST_NAME = 0;
    private static final int VERSION_AND_RANDOM = 2 + 32;

    /**
     * Reads the message without its handshake header.
     *
     * @throws IndexOutOfBoundsException if it ends early
     */
    static ClientHello parse(ByteBuf message) {
        ByteBuf in = message.slice().skipBytes(VERSION_AND_RANDOM);
        in.skipBytes(in.readUnsignedByte()); // session id
        Set<Integer> suites = numbers(in.readSlice(in.readUnsignedShort()));
        in.skipBytes(in.readUnsignedByte()); // compression methods

        Optional<String> serverName = Optional.empty();
        Optional<Set<Integer>> schemes = Optional.empty();
        Optional<Set<Integer>> groups = Optional.empty();
        boolean tls13 = false;
        ByteBuf extensions = in.isReadable() ? in.readSlice(in.readUnsignedShort()) : in;
        while (extensions.isReadable()) {
            int type = extensions.readUnsignedShort();
            ByteBuf data = extensions.readSlice(extensions.readUnsignedShort());
            switch (type) {
                case SERVER_NAME -> serverName = hostName(data);
                case SUPPORTED_GROUPS -> groups = Optional.of(numbers(data.readSlice(data.readUnsignedShort())));
                case SIGNATURE_ALGORITHMS -> schemes = Optional.of(numbers(data.readSlice(data.readUnsignedShort())));
                case SUPPORTED_VERSIONS ->
                    tls13 = numbers(data.readSlice(data.readUnsignedByte())).contains(TLS_1_3);
                default -> {
                    // says nothing about certificates
                }
            }
        }
        return new ClientHello(serverName, tls13, suites, schemes, groups);
    }

    private static Optional<String> hostName(ByteBuf data) {
        ByteBuf names = data.readSlice(data.readUnsignedShort());
        while (names.isReadable()) {
            int type = names.readUnsignedByte();
            ByteBuf name = names.readSlice(names.readUnsignedShort());
            if (type == HOST_NAME)
                return Optional.of(name.toString(StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT));
        }
        return Optional.empty();
    }

    private static Set<Integer> numbers(ByteBuf in) {
        Set<Integer> numbers = new HashSet<>();
        while (in.isReadable()) numbers.add(in.readUnsignedShort());
        return Set.copyOf(numbers);
    }
}
