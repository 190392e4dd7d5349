package dev.keyless.protocol;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One packet, request or reply: an id and a set of items.
 *
 * <pre>
 * offset  size  header, big-endian
 *      0     1  major version, 1
 *      1     1  minor version, 0
 *      2     2  length of the body
 *      4     4  id, chosen by the client, echoed in the reply
 *      8     -  body: items of tag (1 byte), length (2 bytes), data
 * </pre>
 *
 * An item without data, and a SKI or digest of zeros, says the same as no item, and neither is ever written. Immutable, as long as nobody changes the
 * arrays that {@link #payload()} and {@link #extra()} hand out uncopied.
 */
public final class Frame implements Decoded {

    /** Length of the header in bytes. */
    public static final int HEADER_LENGTH = 8;

    /** Largest body in bytes. */
    public static final int MAX_BODY_LENGTH = 0xFFFF;

    /** A shorter packet is padded to this length, so that its size does not tell what is in it. */
    public static final int PADDED_LENGTH = 1024;

    static final int ITEM_HEADER_LENGTH = 3;
    static final int MAJOR_VERSION = 1;
    static final int MINOR_VERSION = 0;

    private static final byte[] EMPTY = {};
    private static final byte[] ZEROS = new byte[PADDED_LENGTH];

    private final int id;

    /** Data of each item by the ordinal of its tag; null where absent. */
    private final byte[] @Nullable [] items;

    Frame(int id, byte[] @Nullable [] items) {
        this.id = id;
        this.items = items;
    }

    /** Begins a request. */
    public static Builder request(Opcode opcode) {
        return new Builder().opcode(opcode.code());
    }

    /** The reply to a request that succeeded. */
    public static Frame response(int id, byte[] payload) {
        return new Builder().opcode(Opcode.RESPONSE.code()).payload(payload).build(id);
    }

    /** The reply to a ping. */
    public static Frame pong(int id, byte[] payload) {
        return new Builder().opcode(Opcode.PONG.code()).payload(payload).build(id);
    }

    /** The reply to a request that did not succeed. */
    public static Frame error(int id, ErrorCode error) {
        return new Builder()
                .opcode(Opcode.ERROR.code())
                .payload(new byte[] {(byte) error.code()})
                .build(id);
    }

    /** Chosen by the client; unique among the outstanding requests of a connection. */
    public int id() {
        return id;
    }

    /** The same packet with another id. */
    public Frame withId(int newId) {
        return new Frame(newId, items);
    }

    /** The opcode's byte, 0 to 255; 0, which is no opcode, if the packet has none. */
    public int opcode() {
        byte[] item = items[Tag.OPCODE.ordinal()];
        return item == null ? 0 : item[0] & 0xFF;
    }

    /** What the operation works on, or its result; empty if absent. Not copied: treat as read-only. */
    public byte[] payload() {
        byte[] item = items[Tag.PAYLOAD.ordinal()];
        return item == null ? EMPTY : item;
    }

    /** A second payload whose meaning is private to the parties; empty if absent. Not copied: treat as read-only. */
    public byte[] extra() {
        byte[] item = items[Tag.EXTRA.ordinal()];
        return item == null ? EMPTY : item;
    }

    public Optional<Ski> ski() {
        byte[] item = items[Tag.SKI.ordinal()];
        return item == null ? Optional.empty() : Optional.of(Ski.of(item));
    }

    public Optional<CertificateDigest> certificateDigest() {
        byte[] item = items[Tag.CERTIFICATE_DIGEST.ordinal()];
        return item == null ? Optional.empty() : Optional.of(CertificateDigest.of(item));
    }

    /** Address of the visitor whose handshake this is. */
    public Optional<InetAddress> clientIp() {
        return address(Tag.CLIENT_IP);
    }

    /** Address at the edge that the visitor connected to. */
    public Optional<InetAddress> serverIp() {
        return address(Tag.SERVER_IP);
    }

    /** The name that the visitor asked for (SNI). Any text that the peer chose to send: check it before use. */
    public Optional<String> serverName() {
        return text(Tag.SERVER_NAME);
    }

    public Optional<String> certificateId() {
        return text(Tag.CERTIFICATE_ID);
    }

    public Optional<String> customFunction() {
        return text(Tag.CUSTOM_FUNCTION);
    }

    /** The trace that the request is part of; empty also where the peer's bytes make no sense. */
    public Optional<SpanContext> span() {
        byte[] item = items[Tag.SPAN.ordinal()];
        return item == null ? Optional.empty() : SpanContext.parse(item);
    }

    /** A JSON object with facts for logs, as the peer sent it: it may be anything. */
    public Optional<String> requestContext() {
        return text(Tag.REQUEST_CONTEXT);
    }

    /** 1 stands for FedRAMP High. */
    public Optional<Integer> complianceRegion() {
        byte[] item = items[Tag.COMPLIANCE_REGION.ordinal()];
        return item == null ? Optional.empty() : Optional.of(item[0] & 0xFF);
    }

    /** Length of all items with their headers, in bytes, without padding: what the packet holds. */
    public int bodyLength() {
        return (int) bodyLength(items);
    }

    /** Length of the whole packet as {@link #encode} writes it, padding included. */
    public int encodedLength() {
        int length = HEADER_LENGTH + bodyLength();
        return length >= PADDED_LENGTH ? length : length + ITEM_HEADER_LENGTH + paddingLength(length);
    }

    /**
     * Writes the whole packet, padding included, at the position of {@code out}, whose byte order must be big-endian
     * (the default).
     *
     * @throws BufferOverflowException if there is less room than {@link #encodedLength()}; nothing is written then
     */
    public void encode(ByteBuffer out) {
        int length = HEADER_LENGTH + bodyLength();
        int encodedLength = encodedLength();
        if (out.remaining() < encodedLength) throw new BufferOverflowException();
        out.put((byte) MAJOR_VERSION)
                .put((byte) MINOR_VERSION)
                .putShort((short) (encodedLength - HEADER_LENGTH))
                .putInt(id);
        for (Tag tag : Tag.VALUES) {
            byte[] item = items[tag.ordinal()];
            if (item != null)
                out.put((byte) tag.code).putShort((short) item.length).put(item);
        }
        if (length < PADDED_LENGTH) {
            int padding = paddingLength(length);
            out.put((byte) Tag.PADDING.code).putShort((short) padding).put(ZEROS, 0, padding);
        }
    }

    /** The whole packet, padding included. */
    public byte[] encode() {
        ByteBuffer out = ByteBuffer.allocate(encodedLength());
        encode(out);
        return out.array();
    }

    /** If the padding's own header does not fit, the packet comes out one or two bytes longer; gokeyless does the same. */
    private static int paddingLength(int length) {
        return Math.max(0, PADDED_LENGTH - length - ITEM_HEADER_LENGTH);
    }

    /** Without padding. A long, since the arrays that a builder was handed may be of any length. */
    private static long bodyLength(byte[] @Nullable [] items) {
        long length = 0;
        for (byte[] item : items) {
            if (item != null) length += ITEM_HEADER_LENGTH + item.length;
        }
        return length;
    }

    private Optional<String> text(Tag tag) {
        byte[] item = items[tag.ordinal()];
        return item == null ? Optional.empty() : Optional.of(new String(item, StandardCharsets.UTF_8));
    }

    private Optional<InetAddress> address(Tag tag) {
        byte[] item = items[tag.ordinal()];
        if (item == null) return Optional.empty();
        try {
            return Optional.of(InetAddress.getByAddress(item));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + item.length + " bytes got past the decoder", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Frame frame && id == frame.id && Arrays.deepEquals(items, frame.items);
    }

    @Override
    public int hashCode() {
        return 31 * id + Arrays.deepHashCode(items);
    }

    /** Id, opcode and SKI; never the payload. */
    @Override
    public String toString() {
        String name = Opcode.find(opcode()).map(Opcode::wireName).orElse("Op(" + opcode() + ")");
        return name + "[id=" + Integer.toUnsignedString(id)
                + ski().map(ski -> ", ski=" + ski).orElse("") + "]";
    }

    /** Collects the items of a packet. What is set twice keeps the last value. Not for use by several threads at once. */
    public static final class Builder {

        private final byte[] @Nullable [] items = new byte[Tag.VALUES.length] @Nullable [];

        private Builder() {}

        /**
         * The opcode as a byte, 0 to 255; for opcodes that this library does not know.
         *
         * @throws IllegalArgumentException if it is no byte
         */
        public Builder opcode(int code) {
            return set(Tag.OPCODE, oneByte("an opcode", code));
        }

        /** Not copied: leave the array alone afterwards. */
        public Builder payload(byte[] payload) {
            return set(Tag.PAYLOAD, payload);
        }

        /** Not copied: leave the array alone afterwards. */
        public Builder extra(byte[] extra) {
            return set(Tag.EXTRA, extra);
        }

        public Builder ski(Ski ski) {
            return set(Tag.SKI, ski.bytes());
        }

        public Builder certificateDigest(CertificateDigest digest) {
            return set(Tag.CERTIFICATE_DIGEST, digest.bytes());
        }

        public Builder clientIp(InetAddress address) {
            return set(Tag.CLIENT_IP, address.getAddress());
        }

        public Builder serverIp(InetAddress address) {
            return set(Tag.SERVER_IP, address.getAddress());
        }

        public Builder serverName(String name) {
            return set(Tag.SERVER_NAME, name);
        }

        public Builder certificateId(String certificateId) {
            return set(Tag.CERTIFICATE_ID, certificateId);
        }

        public Builder customFunction(String name) {
            return set(Tag.CUSTOM_FUNCTION, name);
        }

        public Builder span(SpanContext span) {
            return set(Tag.SPAN, span.encode());
        }

        /** A JSON object; its member {@code request_id} goes to the server's logs. */
        public Builder requestContext(String json) {
            return set(Tag.REQUEST_CONTEXT, json);
        }

        /** @throws IllegalArgumentException if the region is not 0 to 255 */
        public Builder complianceRegion(int region) {
            return set(Tag.COMPLIANCE_REGION, oneByte("a compliance region", region));
        }

        /** As {@link #build(int)} with id 0, for a client that sets the id when it sends. */
        public Frame build() {
            return build(0);
        }

        /** @throws IllegalArgumentException if the items do not fit in one packet */
        public Frame build(int id) {
            long length = bodyLength(items);
            if (length > MAX_BODY_LENGTH) {
                throw new IllegalArgumentException(
                        "a packet's body has at most " + MAX_BODY_LENGTH + " bytes, these items have " + length);
            }
            return new Frame(id, items.clone());
        }

        private Builder set(Tag tag, String text) {
            return set(tag, text.getBytes(StandardCharsets.UTF_8));
        }

        private Builder set(Tag tag, byte[] data) {
            items[tag.ordinal()] = tag.canonical(data);
            return this;
        }

        private static byte[] oneByte(String what, int value) {
            if (value < 0 || value > 0xFF) {
                throw new IllegalArgumentException(what + " is one byte, 0 to 255, got " + value);
            }
            return new byte[] {(byte) value};
        }
    }
}
