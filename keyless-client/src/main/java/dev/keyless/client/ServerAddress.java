package dev.keyless.client;

/**
 * Where a key server listens.
 *
 * @param host a name or an IP address, the latter without brackets
 * @param port 1 to 65535
 */
public record ServerAddress(String host, int port) {

    /** The port on which key servers listen. */
    public static final int DEFAULT_PORT = 2407;

    public ServerAddress {
        if (host.isEmpty() || host.chars().anyMatch(c -> c <= ' ' || c == '/' || c == '[' || c == ']')) {
            throw new IllegalArgumentException("expected a host name or an IP address, got '" + host + "'");
        }
        if (port < 1 || port > 0xFFFF) {
            throw new IllegalArgumentException("a port is a number from 1 to 65535, got " + port);
        }
    }

    /**
     * Reads {@code host}, {@code host:port}, {@code [::1]}, {@code [::1]:port} or a bare IPv6 address.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static ServerAddress parse(String text) {
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            if (end < 0) throw new IllegalArgumentException("'" + text + "' has no ']' after its IPv6 address");
            return new ServerAddress(text.substring(1, end), port(text, text.substring(end + 1)));
        }
        int colon = text.indexOf(':');
        boolean bare = colon < 0 || text.indexOf(':', colon + 1) >= 0;
        return bare
                ? new ServerAddress(text, DEFAULT_PORT)
                : new ServerAddress(text.substring(0, colon), port(text, text.substring(colon)));
    }

    private static int port(String text, String rest) {
        if (rest.isEmpty()) return DEFAULT_PORT;
        String digits = rest.substring(1);
        if (!rest.startsWith(":") || !digits.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("expected HOST:PORT, got '" + text + "'");
        }
        return Integer.parseInt(digits);
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
