/**
 * Takes over what has changed on disk while the server runs: keys, its own certificate, the CA of its peers. All of it
 * happens on one thread, so nothing that is {@link dev.keyless.keyserver.reload.Reloadable} is ever asked twice at once.
 */
@NullMarked
package dev.keyless.keyserver.reload;

import org.jspecify.annotations.NullMarked;
