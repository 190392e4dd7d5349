package dev.keyless.keyserver.net;

import dev.keyless.keyserver.signing.RequestPolicy;
import dev.keyless.keyserver.signing.SigningPool;

/** What all connections share. */
record ConnectionContext(
        Limits limits, RequestPolicy policy, SigningPool pool, Pending pending, Unread unread, ListenerEvents events) {}
