/**
 * Keys from files: a folder or a single file, in PEM or DER. {@link dev.keyless.keyserver.keys.file.FileKeySource} is the
 * entrance. What it cannot use it tells of in one line, never with a byte of what may be a key; what it has loaded it
 * keeps until something better is there, or the file is gone.
 *
 * <p>A source is used by one thread at a time; the keys it gives out by any.
 */
@NullMarked
package dev.keyless.keyserver.keys.file;

import org.jspecify.annotations.NullMarked;
