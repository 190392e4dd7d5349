/**
 * The web server behind the edge: a page that tells what the edge said about the visitor's connection. Plain HTTP on the
 * loopback interface, one virtual thread a request.
 */
@NullMarked
package dev.keyless.sandbox.origin;

import org.jspecify.annotations.NullMarked;
