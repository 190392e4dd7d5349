/** What an operator sees and steers: health, metrics, audit, reloading, the life of the process. */
@NullMarked
package dev.keyless.keyserver.ops;

import org.jspecify.annotations.NullMarked;
