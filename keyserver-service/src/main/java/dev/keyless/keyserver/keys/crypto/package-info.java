/**
 * Private keys that this process holds itself, and the cryptography they are used with: Amazon Corretto Crypto Provider or
 * the JDK's own ({@link dev.keyless.keyserver.keys.crypto.CryptoProvider}). Everything may be used from any thread; each
 * thread has one cipher and one signature object per algorithm, however many keys there are.
 */
@NullMarked
package dev.keyless.keyserver.keys.crypto;

import org.jspecify.annotations.NullMarked;
