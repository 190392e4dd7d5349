package dev.keyless.protocol;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of item that a packet's body is made of, in the order in which gokeyless writes them ({@code
 * protocol/protocol.go}). A known tag may occur once; the order is free when reading; unknown tags are skipped.
 */
enum Tag {
    OPCODE(0x11),
    PAYLOAD(0x12),
    EXTRA(0x14),
    SKI(0x04),
    CERTIFICATE_DIGEST(0x01),
    CLIENT_IP(0x03),
    SERVER_IP(0x05),
    SERVER_NAME(0x02),
    CERTIFICATE_ID(0x06),
    CUSTOM_FUNCTION(0x13),
    /** A span context of Jaeger, see {@link SpanContext}. */
    SPAN(0x15),
    /** A JSON object, for logs and traces only. */
    REQUEST_CONTEXT(0x16),
    COMPLIANCE_REGION(0x17),
    /** Zero bytes that bring a packet to {@link Frame#PADDED_LENGTH}. */
    PADDING(0x20);

    static final Tag[] VALUES = values();

    private static final @Nullable Tag[] BY_CODE = new @Nullable Tag[256];

    static {
        for (Tag tag : VALUES) BY_CODE[tag.code] = tag;
    }

    final int code;

    Tag(int code) {
        this.code = code;
    }

    static @Nullable Tag find(int code) {
        return BY_CODE[code];
    }

    /** Whether data of this length may be an item of this kind; gokeyless takes any other for a malformed packet. */
    boolean allows(int length) {
        return switch (this) {
            case OPCODE, COMPLIANCE_REGION -> length == 1;
            case CLIENT_IP, SERVER_IP -> length == 4 || length == 16;
            default -> true;
        };
    }

    /** Whether an item of this length says anything; one that does not counts as absent (gokeyless ignores it silently). */
    boolean isMeaningful(int length) {
        return switch (this) {
            case SKI -> length == Ski.LENGTH;
            case CERTIFICATE_DIGEST -> length == CertificateDigest.LENGTH;
            case PADDING -> false;
            default -> length > 0;
        };
    }

    /**
     * The data in the one form in which it is kept, compared and written, or null if it says nothing. As in gokeyless, an
     * identifier of zeros only counts as none, and an IPv4 address is always 4 bytes, also when it came mapped into IPv6.
     */
    byte @Nullable [] canonical(byte[] data) {
        if (!isMeaningful(data.length)) return null;
        return switch (this) {
            case SKI, CERTIFICATE_DIGEST -> isZero(data, data.length) ? null : data;
            case CLIENT_IP, SERVER_IP -> isMappedIpv4(data) ? Arrays.copyOfRange(data, 12, 16) : data;
            default -> data;
        };
    }

    /** RFC 4291, section 2.5.5.2. */
    private static boolean isMappedIpv4(byte[] address) {
        return address.length == 16 && isZero(address, 10) && address[10] == -1 && address[11] == -1;
    }

    private static boolean isZero(byte[] data, int length) {
        for (int i = 0; i < length; i++) {
            if (data[i] != 0) return false;
        }
        return true;
    }
}
