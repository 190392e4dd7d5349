/**
 * What operators see and do: start and stop, health, metrics, logs. Everything here hears of what happens through {@link
 * dev.keyless.keyserver.net.ListenerEvents}; nothing here is asked before a request is answered.
 */
@NullMarked
package dev.keyless.keyserver.ops;

import org.jspecify.annotations.NullMarked;
