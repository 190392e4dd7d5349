/**
 * Programs started as processes of their own, as they would run in earnest: the packaged key server, the edge. Each writes
 * to a log file, is waited for with a bound, and never outlives the program that started it, however that ends.
 *
 * <p>Everything here blocks; use it from ordinary threads.
 */
@NullMarked
package dev.keyless.sandbox.process;

import org.jspecify.annotations.NullMarked;
