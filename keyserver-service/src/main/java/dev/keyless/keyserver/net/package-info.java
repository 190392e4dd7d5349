/**
 * The listener and its connections: bytes in, frames out, limits and draining. Vert.x lives here and in {@code tls} only;
 * event loops parse, dispatch and write, nothing else.
 */
@NullMarked
package dev.keyless.keyserver.net;

import org.jspecify.annotations.NullMarked;
