/**
 * The private keys that this server signs with: what a key can do ({@link dev.keyless.keyserver.keys.ServedKey}), where
 * keys come from ({@link dev.keyless.keyserver.keys.KeyStoreSource}), and which key a request means ({@link
 * dev.keyless.keyserver.keys.KeyRing}).
 *
 * <p>A key ring is an immutable snapshot. {@link dev.keyless.keyserver.keys.LiveKeys} holds the current one and replaces
 * it as a whole, so a request sees either the old keys or the new ones, from any thread, without a lock.
 */
@NullMarked
package dev.keyless.keyserver.keys;

import org.jspecify.annotations.NullMarked;
