package dev.keyless.sandbox.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;

/** With what the JDK's TLS client sends. */
class ClientHelloTest {

    private static final int RECORD_AND_HANDSHAKE_HEADER = 5 + 4;

    @Test
    void tellsWhatTheVisitorCanDo() throws Exception {
        ClientHello hello = ClientHello.parse(message("TLSv1.3", "TLSv1.2"));

        assertEquals(Optional.of("www.example.test"), hello.serverName());
        assertTrue(hello.tls13());
        assertTrue(hello.cipherSuites().containsAll(CipherSuites.TLS_1_3));
        assertTrue(hello.schemes().orElseThrow().containsAll(Set.of(0x0403, 0x0804)));
        assertTrue(hello.groups().orElseThrow().contains(23));
    }

    @Test
    void knowsAVisitorWhoCannotDoTls13() throws Exception {
        assertFalse(ClientHello.parse(message("TLSv1.2")).tls13());
    }

    @Test
    void aMessageThatEndsEarlyIsNoClientHello() throws Exception {
        ByteBuf whole = message("TLSv1.3", "TLSv1.2");

        for (int length = 0; length < whole.readableBytes(); length++) {
            ByteBuf part = whole.slice(0, length);
            if (length == endWithoutExtensions(whole)) continue; // that is a whole one of long ago
            assertThrows(IndexOutOfBoundsException.class, () -> ClientHello.parse(part), "cut at " + length);
        }
    }

    @Test
    void whateverTheBytesItIsAClientHelloOrEndsEarly() throws Exception {
        byte[] whole = bytes(message("TLSv1.3", "TLSv1.2"));
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);

        for (int i = 0; i < 20_000; i++) {
            byte[] changed = whole.clone();
            for (int n = random.nextInt(1, 8); n > 0; n--)
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            try {
                ClientHello.parse(Unpooled.wrappedBuffer(changed));
            } catch (IndexOutOfBoundsException e) {
                // one of the two answers
            } catch (RuntimeException e) {
                throw new AssertionError("with -Dseed=" + seed, e);
            }
        }
    }

    @Test
    void aCertificateSuitsWhoCanVerifyIt() {
        Set<Integer> suites13 = Set.of(0x1301);
        ClientHello modern = hello(true, suites13, Set.of(0x0403, 0x0503, 0x0804, 0x0807));
        ClientHello pssOnly = hello(true, suites13, Set.of(0x0804));
        ClientHello oldRsa = hello(false, Set.of(0xC02F), Set.of(0x0401, 0x0403));
        ClientHello oldEcdsa = hello(false, Set.of(0xC02B), Set.of(0x0403));

        for (CertificateKind kind :
                Set.of(CertificateKind.RSA, CertificateKind.P256, CertificateKind.P384, CertificateKind.ED25519)) {
            assertTrue(kind.suits(modern), kind.name());
        }
        assertTrue(CertificateKind.RSA.suits(pssOnly));
        assertFalse(CertificateKind.P256.suits(pssOnly));
        assertTrue(CertificateKind.RSA.suits(oldRsa));
        assertFalse(CertificateKind.P256.suits(oldRsa));
        assertTrue(CertificateKind.P256.suits(oldEcdsa));
        assertFalse(CertificateKind.RSA.suits(oldEcdsa));
    }

    @Test
    void theCurveOfACertificateMustBeOneThatATls12VisitorNamed() {
        ClientHello hello = new ClientHello(
                Optional.empty(), false, Set.of(0xC02B), Optional.of(Set.of(0x0403, 0x0503)), Optional.of(Set.of(23)));

        assertTrue(CertificateKind.P256.suits(hello));
        assertFalse(CertificateKind.P384.suits(hello));
    }

    private static ClientHello hello(boolean tls13, Set<Integer> suites, Set<Integer> schemes) {
        return new ClientHello(Optional.empty(), tls13, suites, Optional.of(schemes), Optional.empty());
    }

    private static int endWithoutExtensions(ByteBuf message) {
        int at = 34;
        at += 1 + message.getUnsignedByte(at);
        at += 2 + message.getUnsignedShort(at);
        return at + 1 + message.getUnsignedByte(at);
    }

    /** A ClientHello without its headers. */
    private static ByteBuf message(String... protocols) throws Exception {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine("www.example.test", 443);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(protocols);
        engine.setSSLParameters(parameters);
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), out);
        return Unpooled.wrappedBuffer(out.flip())
                .skipBytes(RECORD_AND_HANDSHAKE_HEADER)
                .slice();
    }

    private static byte[] bytes(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.getBytes(0, bytes);
        return bytes;
    }
}
