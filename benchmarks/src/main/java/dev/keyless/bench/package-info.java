/**
 * Measures a key server from outside: throughput, latency, CPU an operation, memory, start. The main thread starts and stops
 * things and waits; the load comes from event loops of its own.
 */
@NullMarked
package dev.keyless.bench;

import org.jspecify.annotations.NullMarked;
