package dev.keyless.protocol;

/**
 * Bytes that are no valid packet.
 *
 * @param id the packet's id, to which the answer goes
 * @param error what to answer: {@link ErrorCode#FORMAT} or {@link ErrorCode#VERSION_MISMATCH}
 * @param reason what was found and what was expected, without any of the packet's content
 * @param inFrame whether the packet was consumed whole, so that the next one can be read; if false, nothing that follows
 *     can be trusted and the connection should be closed after the answer
 */
public record ProtocolViolation(int id, ErrorCode error, String reason, boolean inFrame) implements Decoded {}
