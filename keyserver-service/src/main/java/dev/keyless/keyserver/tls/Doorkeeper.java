package dev.keyless.keyserver.tls;

import io.netty.channel.Channel;
import java.net.SocketAddress;

/** Sees each connection before its handshake, when nothing is known but where it comes from. Called on event loops. */
public interface Doorkeeper {

    /** Whether the connection may go on to its handshake; if not, it is reset. Also the time to set channel options. */
    boolean admit(Channel channel);

    /** The handshake did not come to its end: refused certificate, no TLS, time-out, or the client left. */
    void handshakeFailed(SocketAddress remote, Throwable cause);
}
