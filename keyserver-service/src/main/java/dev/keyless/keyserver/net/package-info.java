/**
 * The listener: accepts connections, reads requests, writes answers, and keeps every peer within its limits.
 *
 * <p>A {@code Connection} lives on one event loop and touches its state only there; the signing pool hands results back
 * through a queue. Vert.x accepts and does the life cycle, Netty's handlers carry the bytes, since every hand-over and
 * copy in between would cost more than a cheap signature.
 */
@NullMarked
package dev.keyless.keyserver.net;

import org.jspecify.annotations.NullMarked;
