/** The key server's entry. What it does is in the packages below, one a feature. */
@NullMarked
package dev.keyless.keyserver;

import org.jspecify.annotations.NullMarked;
