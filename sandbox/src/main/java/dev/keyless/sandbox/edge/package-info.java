/**
 * A stand-in for the edge of a content delivery network: terminates TLS with keys that it does not have, and passes the
 * requests on to an origin.
 *
 * <p>The way of a connection: {@code AdmissionHandler} takes it or not; {@code ClientHelloHandler} reads the visitor's
 * first message and chooses certificate and TLS context; {@code VisitorTlsHandler} does the handshake, in which {@code
 * RemoteSigning} asks the key server; then Vert.x speaks HTTP and {@code ReverseProxy} serves the requests. All of it on
 * event loops, none of it blocking.
 */
@NullMarked
package dev.keyless.sandbox.edge;

import org.jspecify.annotations.NullMarked;
