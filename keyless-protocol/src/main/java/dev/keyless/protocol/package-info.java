/**
 * The wire format of Keyless SSL: packets, tags, opcodes and error codes, their encoder and decoder, and the two
 * identifiers (SKI, certificate digest) by which an edge names a key.
 *
 * <p>Everything here is immutable or stateless and may be used from any thread. Nothing does I/O. The format is the
 * one that <a href="https://github.com/cloudflare/gokeyless">gokeyless</a> speaks; where its prose and its code
 * disagree, its code is followed. Start reading at {@link dev.keyless.protocol.Frame}.
 */
@NullMarked
package dev.keyless.protocol;

import org.jspecify.annotations.NullMarked;
