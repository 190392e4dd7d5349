package dev.keyless.sandbox.edge;

import java.net.InetAddress;

/**
 * Whose handshake it is.
 *
 * @param serverName the name that the visitor asked for (SNI), lower case
 * @param address where the visitor comes from
 */
public record Visitor(String serverName, InetAddress address) {}
