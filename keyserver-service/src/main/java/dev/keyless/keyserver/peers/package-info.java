/** Who is asking: which client certificate is which peer, and what that peer may do. Immutable; any thread. */
@NullMarked
package dev.keyless.keyserver.peers;

import org.jspecify.annotations.NullMarked;
