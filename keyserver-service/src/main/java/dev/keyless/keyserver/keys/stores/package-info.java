/** From the entries of {@code private_key_stores} to the keys in service. */
@NullMarked
package dev.keyless.keyserver.keys.stores;

import org.jspecify.annotations.NullMarked;
