/**
 * From a command line to a checked configuration, before Quarkus starts: gokeyless's flags, variables and file become
 * {@code keyserver.*} properties, and everything that is wrong is reported at once.
 *
 * <p>All of it runs on the main thread, once.
 */
@NullMarked
package dev.keyless.keyserver.startup;

import org.jspecify.annotations.NullMarked;
