/**
 * {@code ./dev demo}: the whole chain on one machine, from a CA made a moment ago to a page fetched by curl, told step by
 * step. {@link dev.keyless.sandbox.demo.Demo} tells, {@code Stage} sets everything up and takes it down.
 */
@NullMarked
package dev.keyless.sandbox.demo;

import org.jspecify.annotations.NullMarked;
