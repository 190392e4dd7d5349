package dev.keyless.protocol;

/**
 * The packet is not complete yet, and nothing was consumed.
 *
 * @param bytes how many more bytes are needed before trying again makes sense; at least 1
 */
public record NeedMore(int bytes) implements Decoded {}
