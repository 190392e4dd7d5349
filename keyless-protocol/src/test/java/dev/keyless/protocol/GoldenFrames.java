package dev.keyless.protocol;

import static dev.keyless.protocol.Bytes.bytes;
import static dev.keyless.protocol.Frame.request;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;

/**
 * Packets in hexadecimal beside what they say. Written from the tables of the protocol reference (header, tags, order of
 * the items, padding), not by the encoder under test: what is here is what peers in the field send and expect.
 *
 * <p>{@code 00*3} stands for three bytes 00, {@code |} stands between items. Every packet is in the one form that
 * gokeyless writes; forms that are only read are in {@link FrameDecoderTest}.
 */
final class GoldenFrames {

    record Golden(String name, String hex, Frame frame) {

        byte[] bytes() {
            return Bytes.bytes(hex);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final Ski SKI = Ski.parse("00112233445566778899aabbccddeeff01234567");
    private static final CertificateDigest DIGEST =
            new CertificateDigest(0x0001020304050607L, 0x08090a0b0c0d0e0fL, 0x1011121314151617L, 0x18191a1b1c1d1e1fL);
    private static final SpanContext SPAN =
            new SpanContext(0x0123456789abcdefL, 0xfedcba9876543210L, 0xaa, 0xbb, 3, Map.of());
    private static final SpanContext BAGGAGE =
            new SpanContext(0x0123456789abcdefL, 0xfedcba9876543210L, 0xaa, 0xbb, 1, Map.of("k", "vv"));

    static final List<Golden> ALL = List.of(
            // one per opcode of a request
            golden(
                    "opcode 0x01 RSA_DECRYPT",
                    "0100 03f8 00000101 | 11 0001 01 | 12 0100 a5*256"
                            + " | 04 0014 00112233 44556677 8899aabb ccddeeff 01234567 | 20 02d7 00*727",
                    request(Opcode.RSA_DECRYPT)
                            .payload(bytes("a5*256"))
                            .ski(SKI)
                            .build(0x101)),
            golden(
                    "opcode 0x02 RSA_SIGN_MD5SHA1",
                    "0100 03f8 00000102 | 11 0001 02 | 12 0024 a5*36"
                            + " | 04 0014 00112233 44556677 8899aabb ccddeeff 01234567 | 20 03b3 00*947",
                    request(Opcode.RSA_SIGN_MD5SHA1)
                            .payload(bytes("a5*36"))
                            .ski(SKI)
                            .build(0x102)),
            golden(
                    "opcode 0x03 RSA_SIGN_SHA1",
                    "0100 03f8 00000103 | 11 0001 03 | 12 0014 a5*20"
                            + " | 04 0014 00112233 44556677 8899aabb ccddeeff 01234567 | 20 03c3 00*963",
                    request(Opcode.RSA_SIGN_SHA1)
                            .payload(bytes("a5*20"))
                            .ski(SKI)
                            .build(0x103)),
            golden(
                    "opcode 0x04 RSA_SIGN_SHA224",
                    "0100 03f8 00000104 | 11 0001 04 | 12 001c a5*28"
                            + " | 04 0014 00112233 44556677 8899aabb ccddeeff 01234567 | 20 03bb 00*955",
                    request(Opcode.RSA_SIGN_SHA224)
                            .payload(bytes("a5*28"))
                            .ski(SKI)
                            .build(0x104)),
            golden(
                    "opcode 0x05 RSA_SIGN_SHA256",
                    "0100 03f8 00000105 | 11 0001 05 | 12 0020 a5*32"
                            + " | 04 0014 00112233 44556677 8899aabb ccddeeff 01234567 | 20 03b7 00*951",
                    request(Opcode.RSA_SIGN_SHA256)
                            .payload(bytes("a5*32"))
                            .ski(SKI)
                            .build(0x105)),
            golden(
                    "opcode 0x06 RSA_SIGN_SHA384",
                    "0100 03f8 00000106 | 11 0001 06 | 12 0030 a5*48"
                            + " | 04 0014 00112233 44556677 8899aabb ccddeeff 01234567 | 20 03a7 00*935",
                    request(Opcode.RSA_SIGN_SHA384)
                            .payload(bytes("a5*48"))
                            .ski(SKI)
                            .build(0x106)),
            golden(
                    "opcode 0x07 RSA_SIGN_SHA512",
                    "0100 03f8 00000107 | 11 0001 07 | 12 0040 a5*64"
                            + " | 04 0014 00112233 44556677 8899aabb ccddeeff 01234567 | 20 0397 00*919",
                    request(Opcode.RSA_SIGN_SHA512)
                            .payload(bytes("a5*64"))
                            .ski(SKI)
                            .build(0x107)),
            golden(
                    "opcode 0x12 ECDSA_SIGN_MD5SHA1",
                    "0100 03f8 00000112 | 11 0001 12 | 12 0024 a5*36"
                            + " | 04 0014 00112233 44556677 8899aabb ccddeeff 01234567 | 20 03b3 00*947",
                    request(Opcode.ECDSA_SIGN_MD5SHA1)
                            .payload(bytes("a5*36"))
                            .ski(SKI)
                            .build(0x112)),
            golden(
                    "opcode 0x13 ECDSA_SIGN_SHA1",
                    "0100 03f8 00000113 | 11 0001 13 | 12 0014 a5*20"
                            + " | 04 0014 00112233 44556677 8899aabb ccddeeff 01234567 | 20 03c3 00*963",
                    request(Opcode.ECDSA_SIGN_SHA1)
                            .payload(bytes("a5*20"))
                            .ski(SKI)
                            .build(0x113)),
            golden(
                    "opcode 0x14 ECDSA_SIGN_SHA224",
                    "0100 03f8 00000114 | 11 0001 14 | 12 001c a5*28"
                            + " | 04 0014 00112233 44556677 8899aabb ccddeeff 01234567 | 20 03bb 00*955",
                    request(Opcode.ECDSA_SIGN_SHA224)
                            .payload(bytes("a5*28"))
                            .ski(SKI)
                            .build(0x114)),
            golden(
                    "opcode 0x15 ECDSA_SIGN_SHA256",
                    "0100 03f8 00000115 | 11 0001 15 | 12 0020 a5*32"
                            + " | 04 0014 00112233 44556677 8899aabb ccddeeff 01234567 | 20 03b7 00*951",
                    request(Opcode.ECDSA_SIGN_SHA256)
                            .payload(bytes("a5*32"))
                            .ski(SKI)
                            .build(0x115)),
            golden(
                    "opcode 0x16 ECDSA_SIGN_SHA384",
                    "0100 03f8 00000116 | 11 0001 16 | 12 0030 a5*48"
                            + " | 04 0014 00112233 44556677 8899aabb ccddeeff 01234567 | 20 03a7 00*935",
                    request(Opcode.ECDSA_SIGN_SHA384)
                            .payload(bytes("a5*48"))
                            .ski(SKI)
                            .build(0x116)),
            golden(
                    "opcode 0x17 ECDSA_SIGN_SHA512",
                    "0100 03f8 00000117 | 11 0001 17 | 12 0040 a5*64"
                            + " | 04 0014 00112233 44556677 8899aabb ccddeeff 01234567 | 20 0397 00*919",
                    request(Opcode.ECDSA_SIGN_SHA512)
                            .payload(bytes("a5*64"))
                            .ski(SKI)
                            .build(0x117)),
            golden(
                    "opcode 0x18 ED25519_SIGN",
                    "0100 03f8 00000118 | 11 0001 18 | 12 0082 a5*130"
                            + " | 04 0014 00112233 44556677 8899aabb ccddeeff 01234567 | 20 0355 00*853",
                    request(Opcode.ED25519_SIGN)
                            .payload(bytes("a5*130"))
                            .ski(SKI)
                            .build(0x118)),
            golden(
                    "opcode 0x35 RSA_PSS_SIGN_SHA256",
                    "0100 03f8 00000135 | 11 0001 35 | 12 0020 a5*32"
                            + " | 04 0014 00112233 44556677 8899aabb ccddeeff 01234567 | 20 03b7 00*951",
                    request(Opcode.RSA_PSS_SIGN_SHA256)
                            .payload(bytes("a5*32"))
                            .ski(SKI)
                            .build(0x135)),
            golden(
                    "opcode 0x36 RSA_PSS_SIGN_SHA384",
                    "0100 03f8 00000136 | 11 0001 36 | 12 0030 a5*48"
                            + " | 04 0014 00112233 44556677 8899aabb ccddeeff 01234567 | 20 03a7 00*935",
                    request(Opcode.RSA_PSS_SIGN_SHA384)
                            .payload(bytes("a5*48"))
                            .ski(SKI)
                            .build(0x136)),
            golden(
                    "opcode 0x37 RSA_PSS_SIGN_SHA512",
                    "0100 03f8 00000137 | 11 0001 37 | 12 0040 a5*64"
                            + " | 04 0014 00112233 44556677 8899aabb ccddeeff 01234567 | 20 0397 00*919",
                    request(Opcode.RSA_PSS_SIGN_SHA512)
                            .payload(bytes("a5*64"))
                            .ski(SKI)
                            .build(0x137)),
            golden(
                    "opcode 0x21 SEAL",
                    "0100 03f8 00000121 | 11 0001 21 | 12 0030 a5*48"
                            + " | 04 0014 00112233 44556677 8899aabb ccddeeff 01234567 | 20 03a7 00*935",
                    request(Opcode.SEAL).payload(bytes("a5*48")).ski(SKI).build(0x121)),
            golden(
                    "opcode 0x22 UNSEAL",
                    "0100 03f8 00000122 | 11 0001 22 | 12 0060 a5*96"
                            + " | 04 0014 00112233 44556677 8899aabb ccddeeff 01234567 | 20 0377 00*887",
                    request(Opcode.UNSEAL).payload(bytes("a5*96")).ski(SKI).build(0x122)),
            golden(
                    "opcode 0x23 RPC",
                    "0100 03f8 00000123 | 11 0001 23 | 12 0005 0102030405 | 20 03e9 00*1001",
                    request(Opcode.RPC).payload(bytes("0102030405")).build(0x123)),
            golden(
                    "opcode 0x24 CUSTOM, tag 0x13 custom function",
                    "0100 03f8 00000124 | 11 0001 24 | 12 0002 beef | 13 0006 726f74617465 | 20 03e3 00*995",
                    request(Opcode.CUSTOM)
                            .payload(bytes("beef"))
                            .customFunction("rotate")
                            .build(0x124)),
            golden(
                    "opcode 0xf1 PING, empty",
                    "0100 03f8 00000001 | 11 0001 f1 | 20 03f1 00*1009",
                    request(Opcode.PING).build(1)),
            golden(
                    "opcode 0xf1 PING, tag 0x12 payload",
                    "0100 03f8 ffffffff | 11 0001 f1 | 12 0004 cafebabe | 20 03ea 00*1002",
                    request(Opcode.PING).payload(bytes("cafebabe")).build(0xffffffff)),
            // one per kind of reply, one per error code
            golden(
                    "opcode 0xf0 RESPONSE",
                    "0100 03f8 80000000 | 11 0001 f0 | 12 0008 0001020304050607 | 20 03e6 00*998",
                    Frame.response(0x80000000, bytes("0001020304050607"))),
            golden(
                    "opcode 0xf0 RESPONSE, empty",
                    "0100 03f8 00000000 | 11 0001 f0 | 20 03f1 00*1009",
                    Frame.response(0, bytes(""))),
            golden(
                    "opcode 0xf2 PONG",
                    "0100 03f8 00000002 | 11 0001 f2 | 12 0004 cafebabe | 20 03ea 00*1002",
                    Frame.pong(2, bytes("cafebabe"))),
            golden(
                    "opcode 0xff ERROR 0x01 CRYPTO",
                    "0100 03f8 7f000001 | 11 0001 ff | 12 0001 01 | 20 03ed 00*1005",
                    Frame.error(0x7f000001, ErrorCode.CRYPTO)),
            golden(
                    "opcode 0xff ERROR 0x02 KEY_NOT_FOUND",
                    "0100 03f8 7f000002 | 11 0001 ff | 12 0001 02 | 20 03ed 00*1005",
                    Frame.error(0x7f000002, ErrorCode.KEY_NOT_FOUND)),
            golden(
                    "opcode 0xff ERROR 0x03 READ",
                    "0100 03f8 7f000003 | 11 0001 ff | 12 0001 03 | 20 03ed 00*1005",
                    Frame.error(0x7f000003, ErrorCode.READ)),
            golden(
                    "opcode 0xff ERROR 0x04 VERSION_MISMATCH",
                    "0100 03f8 7f000004 | 11 0001 ff | 12 0001 04 | 20 03ed 00*1005",
                    Frame.error(0x7f000004, ErrorCode.VERSION_MISMATCH)),
            golden(
                    "opcode 0xff ERROR 0x05 BAD_OPCODE",
                    "0100 03f8 7f000005 | 11 0001 ff | 12 0001 05 | 20 03ed 00*1005",
                    Frame.error(0x7f000005, ErrorCode.BAD_OPCODE)),
            golden(
                    "opcode 0xff ERROR 0x06 UNEXPECTED_OPCODE",
                    "0100 03f8 7f000006 | 11 0001 ff | 12 0001 06 | 20 03ed 00*1005",
                    Frame.error(0x7f000006, ErrorCode.UNEXPECTED_OPCODE)),
            golden(
                    "opcode 0xff ERROR 0x07 FORMAT",
                    "0100 03f8 7f000007 | 11 0001 ff | 12 0001 07 | 20 03ed 00*1005",
                    Frame.error(0x7f000007, ErrorCode.FORMAT)),
            golden(
                    "opcode 0xff ERROR 0x08 INTERNAL",
                    "0100 03f8 7f000008 | 11 0001 ff | 12 0001 08 | 20 03ed 00*1005",
                    Frame.error(0x7f000008, ErrorCode.INTERNAL)),
            golden(
                    "opcode 0xff ERROR 0x09 CERTIFICATE_NOT_FOUND",
                    "0100 03f8 7f000009 | 11 0001 ff | 12 0001 09 | 20 03ed 00*1005",
                    Frame.error(0x7f000009, ErrorCode.CERTIFICATE_NOT_FOUND)),
            golden(
                    "opcode 0xff ERROR 0x0a EXPIRED",
                    "0100 03f8 7f00000a | 11 0001 ff | 12 0001 0a | 20 03ed 00*1005",
                    Frame.error(0x7f00000a, ErrorCode.EXPIRED)),
            golden(
                    "opcode 0xff ERROR 0x0b REMOTE_CONFIGURATION",
                    "0100 03f8 7f00000b | 11 0001 ff | 12 0001 0b | 20 03ed 00*1005",
                    Frame.error(0x7f00000b, ErrorCode.REMOTE_CONFIGURATION)),
            // one per tag
            golden(
                    "tag 0x01 certificate digest",
                    "0100 03f8 00000a01 | 11 0001 35"
                            + " | 01 0020 00010203 04050607 08090a0b 0c0d0e0f 10111213 14151617 18191a1b 1c1d1e1f"
                            + " | 20 03ce 00*974",
                    request(Opcode.RSA_PSS_SIGN_SHA256)
                            .certificateDigest(DIGEST)
                            .build(0xa01)),
            golden(
                    "tag 0x02 server name",
                    "0100 03f8 00000a02 | 11 0001 35 | 02 000f 7777772e6578616d706c652e636f6d | 20 03df 00*991",
                    request(Opcode.RSA_PSS_SIGN_SHA256)
                            .serverName("www.example.com")
                            .build(0xa02)),
            golden(
                    "tag 0x03 client IP, IPv4",
                    "0100 03f8 00000a03 | 11 0001 35 | 03 0004 c0000201 | 20 03ea 00*1002",
                    request(Opcode.RSA_PSS_SIGN_SHA256)
                            .clientIp(ip("192.0.2.1"))
                            .build(0xa03)),
            golden(
                    "tag 0x03 client IP, IPv6",
                    "0100 03f8 00000a03 | 11 0001 35 | 03 0010 20010db8 00000000 00000000 00000001"
                            + " | 20 03de 00*990",
                    request(Opcode.RSA_PSS_SIGN_SHA256)
                            .clientIp(ip("2001:db8::1"))
                            .build(0xa03)),
            golden(
                    "tag 0x04 SKI",
                    "0100 03f8 00000a04 | 11 0001 35 | 04 0014 00112233 44556677 8899aabb ccddeeff 01234567"
                            + " | 20 03da 00*986",
                    request(Opcode.RSA_PSS_SIGN_SHA256).ski(SKI).build(0xa04)),
            golden(
                    "tag 0x05 server IP, IPv4",
                    "0100 03f8 00000a05 | 11 0001 35 | 05 0004 cb0071ff | 20 03ea 00*1002",
                    request(Opcode.RSA_PSS_SIGN_SHA256)
                            .serverIp(ip("203.0.113.255"))
                            .build(0xa05)),
            golden(
                    "tag 0x05 server IP, IPv6",
                    "0100 03f8 00000a05 | 11 0001 35 | 05 0010 20010db8 ffff0000 00000000 0000ffff"
                            + " | 20 03de 00*990",
                    request(Opcode.RSA_PSS_SIGN_SHA256)
                            .serverIp(ip("2001:db8:ffff::ffff"))
                            .build(0xa05)),
            golden(
                    "tag 0x06 certificate id",
                    "0100 03f8 00000a06 | 11 0001 35 | 06 0007 636572742d3432 | 20 03e7 00*999",
                    request(Opcode.RSA_PSS_SIGN_SHA256).certificateId("cert-42").build(0xa06)),
            golden(
                    "tag 0x13 custom function, not ASCII",
                    "0100 03f8 00000a13 | 11 0001 35 | 13 0006 c3bc2de282ac | 20 03e8 00*1000",
                    request(Opcode.RSA_PSS_SIGN_SHA256)
                            .customFunction("\u00fc-\u20ac")
                            .build(0xa13)),
            golden(
                    "tag 0x14 extra",
                    "0100 03f8 00000a14 | 11 0001 35 | 14 0003 fffefd | 20 03eb 00*1003",
                    request(Opcode.RSA_PSS_SIGN_SHA256).extra(bytes("fffefd")).build(0xa14)),
            golden(
                    "tag 0x15 span",
                    "0100 03f8 00000a15 | 11 0001 35"
                            + " | 15 0025 0123456789abcdef fedcba9876543210 00000000000000aa 00000000000000bb 03 00000000"
                            + " | 20 03c9 00*969",
                    request(Opcode.RSA_PSS_SIGN_SHA256).span(SPAN).build(0xa15)),
            golden(
                    "tag 0x15 span with baggage",
                    "0100 03f8 00000a15 | 11 0001 35"
                            + " | 15 0030 0123456789abcdef fedcba9876543210 00000000000000aa 00000000000000bb 01 00000001 00000001 6b 00000002 7676"
                            + " | 20 03be 00*958",
                    request(Opcode.RSA_PSS_SIGN_SHA256).span(BAGGAGE).build(0xa15)),
            golden(
                    "tag 0x16 request context",
                    "0100 03f8 00000a16 | 11 0001 35 | 16 0015 7b22726571756573745f6964223a2261622d31227d"
                            + " | 20 03d9 00*985",
                    request(Opcode.RSA_PSS_SIGN_SHA256)
                            .requestContext("{\"request_id\":\"ab-1\"}")
                            .build(0xa16)),
            golden(
                    "tag 0x17 compliance region",
                    "0100 03f8 00000a17 | 11 0001 35 | 17 0001 01 | 20 03ed 00*1005",
                    request(Opcode.RSA_PSS_SIGN_SHA256).complianceRegion(1).build(0xa17)),
            // all of them, in gokeyless's order; and without room or need for padding
            golden(
                    "every tag",
                    "0100 03f8 12345678 | 11 0001 05 | 12 0020 a5*32 | 14 0001 ee"
                            + " | 04 0014 00112233 44556677 8899aabb ccddeeff 01234567"
                            + " | 01 0020 00010203 04050607 08090a0b 0c0d0e0f 10111213 14151617 18191a1b 1c1d1e1f"
                            + " | 03 0004 c0000201 | 05 0004 cb0071ff | 02 0001 61 | 06 0001 62 | 13 0001 63"
                            + " | 15 0025 0123456789abcdef fedcba9876543210 00000000000000aa 00000000000000bb 03 00000000"
                            + " | 16 0002 7b7d | 17 0001 01 | 20 0345 00*837",
                    request(Opcode.RSA_SIGN_SHA256)
                            .complianceRegion(1)
                            .requestContext("{}")
                            .span(SPAN)
                            .customFunction("c")
                            .certificateId("b")
                            .serverName("a")
                            .serverIp(ip("203.0.113.255"))
                            .clientIp(ip("192.0.2.1"))
                            .certificateDigest(DIGEST)
                            .ski(SKI)
                            .extra(bytes("ee"))
                            .payload(bytes("a5*32"))
                            .build(0x12345678)),
            golden(
                    "three bytes short of 1024: an empty padding item",
                    "0100 03f8 00000007 | 11 0001 f1 | 12 03ee 5a*1006 | 20 0000",
                    request(Opcode.PING).payload(bytes("5a*1006")).build(7)),
            golden(
                    "two bytes short of 1024: one byte over",
                    "0100 03f9 00000007 | 11 0001 f1 | 12 03ef 5a*1007 | 20 0000",
                    request(Opcode.PING).payload(bytes("5a*1007")).build(7)),
            golden(
                    "one byte short of 1024: two bytes over",
                    "0100 03fa 00000007 | 11 0001 f1 | 12 03f0 5a*1008 | 20 0000",
                    request(Opcode.PING).payload(bytes("5a*1008")).build(7)),
            golden(
                    "1024 bytes: no padding",
                    "0100 03f8 00000007 | 11 0001 f1 | 12 03f1 5a*1009",
                    request(Opcode.PING).payload(bytes("5a*1009")).build(7)),
            golden(
                    "1025 bytes: no padding",
                    "0100 03f9 00000007 | 11 0001 f1 | 12 03f2 5a*1010",
                    request(Opcode.PING).payload(bytes("5a*1010")).build(7)),
            golden(
                    "largest body",
                    "0100 ffff 00000008 | 11 0001 f1 | 12 fff8 5a*65528",
                    request(Opcode.PING).payload(bytes("5a*65528")).build(8)));

    private GoldenFrames() {}

    static List<Golden> all() {
        return ALL;
    }

    private static Golden golden(String name, String hex, Frame frame) {
        return new Golden(name, hex, frame);
    }

    private static InetAddress ip(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }
}
