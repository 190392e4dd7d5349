/** The server's own certificate, and which certificate authorities it believes when a client shows one. */
@NullMarked
package dev.keyless.keyserver.tls;

import org.jspecify.annotations.NullMarked;
