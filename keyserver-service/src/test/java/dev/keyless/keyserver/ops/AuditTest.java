package dev.keyless.keyserver.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.keyless.keyserver.peers.Peer;
import dev.keyless.keyserver.signing.Outcome;
import dev.keyless.keyserver.signing.Served;
import dev.keyless.protocol.ErrorCode;
import dev.keyless.protocol.Frame;
import dev.keyless.protocol.Opcode;
import dev.keyless.protocol.Ski;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditTest {

    private static final Ski SKI = Ski.parse("0123456789abcdef0123456789abcdef01234567");

    private final List<String> lines = new ArrayList<>();
    private final Logger logger = Logger.getLogger("dev.keyless.keyserver.audit");
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            lines.add(new PatternFormatter("%s").format(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(handler);
    }

    @Test
    void saysWhoAskedForWhatAndWhatCameOfIt() throws Exception {
        Frame request = sign().serverName("www.example.test")
                .clientIp(InetAddress.getByName("192.0.2.1"))
                .requestContext("{\"request_id\":\"r-17\"}")
                .build(1);

        new Audit().record(served(request, new Outcome.Refused(ErrorCode.KEY_NOT_FOUND, "x")));

        assertEquals(
                List.of("peer=edge opcode=OpECDSASignSHA256 ski=" + SKI
                        + " serverName=\"www.example.test\" clientIp=192.0.2.1 requestId=\"r-17\""
                        + " outcome=\"key not found due to no matching SKI/SNI/ServerIP\" micros=42"),
                lines);
    }

    @Test
    void letsNobodyWriteLinesOfTheirOwn() {
        Frame request = sign().serverName("x\r\n2026-01-01 peer=forged\u2028y")
                .requestContext("{\"request_id\":\"a\\nb\"}")
                .build(1);

        new Audit().record(served(request, new Outcome.Answered(Frame.response(1, new byte[1]))));

        String line = lines.getFirst();
        assertFalse(line.contains("\n") || line.contains("\r") || line.contains("\u2028"), line);
        assertTrue(line.contains("requestId=\"a?b\""), line);
    }

    @Test
    void letsNobodyEndAValueOrHideOne() {
        Frame request = sign().serverName("a\" peer=root outcome=\"no error")
                .requestContext("{\"request_id\":\"x\u009b31m\u202e\u0085\"}")
                .build(1);

        new Audit().record(served(request, new Outcome.Refused(ErrorCode.CRYPTO, "x")));

        String line = lines.getFirst();
        assertTrue(line.contains("serverName=\"a? peer=root outcome=?no error\""), line);
        assertTrue(line.contains("requestId=\"x?31m??\""), line);
    }

    @Test
    void neverTellsWhatWasSignedNorTheSignature() {
        byte[] payload = HexFormat.of().parseHex("c0ffee".repeat(10) + "c0ff");
        Frame request = Frame.request(Opcode.ECDSA_SIGN_SHA256)
                .ski(SKI)
                .payload(payload)
                .build(1);

        new Audit().record(served(request, new Outcome.Answered(Frame.response(1, payload))));

        assertFalse(lines.getFirst().contains("c0ff"), lines.getFirst());
    }

    @Test
    void takesBrokenContextForNone() {
        new Audit()
                .record(served(sign().requestContext("{broken").build(1), new Outcome.Refused(ErrorCode.CRYPTO, "x")));

        assertTrue(lines.getFirst().contains("requestId=\"-\" "));
    }

    private static Frame.Builder sign() {
        return Frame.request(Opcode.ECDSA_SIGN_SHA256).ski(SKI).payload(new byte[32]);
    }

    private static Served served(Frame request, Outcome outcome) {
        return new Served(new Peer("edge", Set.of(), Optional.empty()), request, outcome, 0, 0, 0, 42_000);
    }
}
