package dev.keyless.keyserver.net;

import dev.keyless.protocol.Frame;
import dev.keyless.protocol.FrameDecoder;
import dev.keyless.protocol.NeedMore;
import dev.keyless.protocol.ProtocolViolation;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLSocket;

/** A peer that sends whatever bytes a test wants sent, and blocks for what comes back. The JDK's TLS, for independence. */
final class Wire implements AutoCloseable {

    /** Whoever waits longer for an answer has found a bug. */
    private static final int PATIENCE_MILLIS = 20_000;

    private final SSLSocket socket;

    Wire(SSLSocket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.startHandshake();
    }

    void send(Frame... frames) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Frame frame : frames) all.write(frame.encode());
        sendBytes(all.toByteArray());
    }

    void sendBytes(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    Frame receive() throws IOException {
        InputStream in = socket.getInputStream();
        byte[] bytes = in.readNBytes(Frame.HEADER_LENGTH);
        while (true) {
            if (bytes.length == 0) throw new EOFException("the server has closed the connection");
            switch (FrameDecoder.decode(ByteBuffer.wrap(bytes))) {
                case Frame frame -> {
                    return frame;
                }
                case NeedMore(int missing) -> {
                    byte[] more = in.readNBytes(missing);
                    if (more.length < missing) throw new EOFException("the server has closed within a packet");
                    byte[] longer = new byte[bytes.length + more.length];
                    System.arraycopy(bytes, 0, longer, 0, bytes.length);
                    System.arraycopy(more, 0, longer, bytes.length, more.length);
                    bytes = longer;
                }
                case ProtocolViolation violation -> throw new IOException("not a packet: " + violation);
            }
        }
    }

    Frame exchange(Frame request) throws IOException {
        send(request);
        return receive();
    }

    /** Waits for the server to close. */
    boolean isClosedByServer() throws IOException {
        return socket.getInputStream().read() < 0;
    }

    SSLSocket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
