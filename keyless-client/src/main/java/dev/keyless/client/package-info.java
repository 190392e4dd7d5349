/**
 * A client of key servers: keeps a few pipelined connections over mutual TLS to each of several servers and moves a
 * request to another one when its own breaks. Start reading at {@link dev.keyless.client.KeylessClient}; {@link
 * dev.keyless.client.RemoteSigner} is what a TLS terminator wants, {@link dev.keyless.client.KeylessConnection} what a load
 * generator wants.
 *
 * <p>Nothing here blocks. Everything public may be called from any thread; results arrive on an event loop, which must
 * not be blocked either.
 */
@NullMarked
package dev.keyless.client;

import org.jspecify.annotations.NullMarked;
