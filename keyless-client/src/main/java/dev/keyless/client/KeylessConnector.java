package dev.keyless.client;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.NetUtil;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.NetSocketInternal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Opens single connections, without failover or reconnection: what {@link KeylessClient} stands on, and what a load
 * generator uses directly. Each connection goes to the next of the Vert.x instance's event loops; the instance should
 * prefer its native transport.
 */
public final class KeylessConnector implements AutoCloseable {

    /** Of a name with more addresses than this, the further ones are left alone. */
    private static final int MAX_ADDRESSES = 8;

    /** Finds the addresses of a name; may block. */
    interface NameLookup {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private final VertxInternal vertx;
    private final ClientOptions options;
    private final NetClient netClient;
    private final NameLookup names;
    private final AtomicInteger turn = new AtomicInteger();

    /** Of the options, those about TLS and about one connection count. */
    public KeylessConnector(Vertx vertx, ClientOptions options) {
        this(vertx, options, InetAddress::getAllByName);
    }

    KeylessConnector(Vertx vertx, ClientOptions options, NameLookup names) {
        this.names = names;
        this.vertx = (VertxInternal) vertx;
        this.options = options;
        int timeout = Math.toIntExact(options.connectTimeout().toMillis());
        netClient = vertx.createNetClient(options.tls()
                .apply(new NetClientOptions()
                        .setConnectTimeout(timeout)
                        .setSslHandshakeTimeout(timeout)
                        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)));
    }

    /**
     * Connects and completes when the TLS handshake is over as seen from here; with TLS 1.3 a server that refuses our
     * certificate may still say so afterwards. A name's addresses are tried one after the other, each call beginning with
     * the next one. Fails with {@link UnavailableException}.
     */
    public CompletionStage<KeylessConnection> connect(ServerAddress server) {
        Context loop = vertx.createEventLoopContext();
        return resolve(server)
                .compose(addresses -> connectToFirst(loop, server, addresses, 0))
                .recover(cause -> Future.failedFuture(
                        cause instanceof KeylessException
                                ? cause
                                : new UnavailableException(server + ": " + Causes.describe(cause), cause)))
                .toCompletionStage();
    }

    /** Closes every connection that was opened here. */
    @Override
    public void close() {
        var _ = netClient.close();
    }

    private Future<List<InetAddress>> resolve(ServerAddress server) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(server.host());
        if (literal != null) return Future.succeededFuture(List.of(address(server.host(), literal)));
        return vertx.executeBlocking(() -> lookUp(server.host()), false).map(Objects::requireNonNull);
    }

    private List<InetAddress> lookUp(String host) throws UnknownHostException {
        List<InetAddress> found;
        try {
            found = new ArrayList<>(List.of(names.addresses(host)));
        } catch (UnknownHostException e) {
            throw new UnavailableException("no address is known for the name " + host, e);
        }
        Collections.rotate(found, -(turn.getAndIncrement() & 0xFFFF));
        return List.copyOf(found.subList(0, Math.min(MAX_ADDRESSES, found.size())));
    }

    private Future<KeylessConnection> connectToFirst(
            Context loop, ServerAddress server, List<InetAddress> addresses, int index) {
        return connect(loop, server, addresses.get(index))
                .recover(cause -> index + 1 < addresses.size()
                        ? connectToFirst(loop, server, addresses, index + 1)
                        : Future.failedFuture(cause));
    }

    /** TLS verifies the name in the socket address; the connection goes to the number in it. */
    private Future<KeylessConnection> connect(Context loop, ServerAddress server, InetAddress address) {
        String name = options.tls().serverName().orElse(withoutTrailingDot(server.host()));
        SocketAddress target = SocketAddress.inetSocketAddress(
                new InetSocketAddress(address(name, address.getAddress()), server.port()));
        String sni = NetUtil.createByteArrayFromIpAddressString(name) == null ? name : null;
        Promise<NetSocket> connected = Promise.promise();
        loop.runOnContext(_ -> {
            try {
                netClient.connect(target, sni).onComplete(connected);
            } catch (IllegalStateException e) {
                connected.fail(new UnavailableException(server + ": the connector is closed", e));
            }
        });
        return connected.future().map(socket -> adopt(server, socket));
    }

    private KeylessConnection adopt(ServerAddress server, NetSocket socket) {
        ChannelHandlerContext vertxHandler = ((NetSocketInternal) socket).channelHandlerContext();
        KeylessConnection connection = new KeylessConnection(server, vertxHandler.channel(), options);
        connection.install(vertxHandler.name(), options.sweepInterval());
        // Bytes that got to Vert.x before we stood in front of it: a server speaks only when asked.
        socket.handler(_ -> connection.close());
        return connection;
    }

    private static String withoutTrailingDot(String host) {
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    private static InetAddress address(String name, byte[] number) {
        try {
            return InetAddress.getByAddress(name, number);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + number.length + " bytes", e);
        }
    }
}
