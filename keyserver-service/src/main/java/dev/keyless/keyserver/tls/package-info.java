/**
 * The server's side of mutual TLS: its certificate, the authorities whose clients it trusts, and their replacement while
 * connections go on. Netty's TLS types are seen here and in {@code net} only.
 *
 * <p>Contexts are built on the reloading thread and handed to the event loops by one volatile reference.
 */
@NullMarked
package dev.keyless.keyserver.tls;

import org.jspecify.annotations.NullMarked;
