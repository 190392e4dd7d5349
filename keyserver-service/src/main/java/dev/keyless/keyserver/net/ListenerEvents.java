package dev.keyless.keyserver.net;

import dev.keyless.keyserver.peers.Peer;
import dev.keyless.keyserver.signing.Served;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;

/** What whoever measures and logs is told. Called on event loops: must neither block nor throw. */
public interface ListenerEvents {

    /** Why a connection ended, or did not come about. A closed set: it labels metrics. */
    enum Ending {
        /** The peer closed it. */
        PEER_CLOSED,
        /** Reading or writing failed, for instance by a reset. */
        IO_ERROR,
        /** Nothing was asked for the idle time. */
        IDLE,
        /** A request began to arrive and did not come to its end in time. */
        READ_STALL,
        /** A large packet did not come to its end while all connections together held too much of the kind. */
        NO_ROOM,
        /** The peer did not take its answers in time. */
        WRITE_STALL,
        /** The stream was not in frame any more. */
        OUT_OF_FRAME,
        /** We are stopping. */
        DRAINED,
        /** Too many connections, in all or from this address; ended before the handshake. */
        TOO_MANY,
        /** No handshake: certificate refused, no TLS, time-out. */
        HANDSHAKE_FAILED,
        /** A certificate that verifies, but is nobody's in the table of peers. */
        UNKNOWN_PEER
    }

    /** A peer is connected and may send requests. */
    void connected(Peer peer, SocketAddress remote, List<X509Certificate> clientChain);

    /** A connection has ended; {@code detail} says more where there is more to say, else it is empty. */
    void ended(SocketAddress remote, Ending ending, String detail);

    /** A request has been answered. */
    void served(Served served);

    /** A packet that made no request was answered or refused; the connection goes on unless it ends. */
    void violation(Peer peer, String reason);
}
