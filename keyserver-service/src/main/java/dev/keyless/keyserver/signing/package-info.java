/**
 * From a request to its answer: {@link dev.keyless.keyserver.signing.RequestPolicy} decides what is to be done,
 * {@link dev.keyless.keyserver.signing.SigningPool} does the expensive part of it, taking turns between connections.
 *
 * <p>Deciding is cheap and happens on the event loop; what blocks or takes longer than a hand-over happens on the pool's
 * platform threads (a native call would pin a virtual one).
 */
@NullMarked
package dev.keyless.keyserver.signing;

import org.jspecify.annotations.NullMarked;
