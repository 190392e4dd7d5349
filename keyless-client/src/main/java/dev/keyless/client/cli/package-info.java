/**
 * The command line: ping key servers, have something signed, tell the identifiers of a key. Prints results on standard
 * output and what went wrong, in one line, on standard error.
 */
@NullMarked
package dev.keyless.client.cli;

import org.jspecify.annotations.NullMarked;
