package dev.keyless.protocol;

/** What {@link FrameDecoder} makes of the bytes at hand. */
public sealed interface Decoded permits Frame, NeedMore, ProtocolViolation {}
