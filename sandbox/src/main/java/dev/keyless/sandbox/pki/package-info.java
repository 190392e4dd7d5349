/**
 * Certificate authorities and certificates made at run time, for the demo and for tests: nothing of this kind is ever
 * committed. Everything here is immutable and may be used from any thread; making an RSA key takes some 100 ms.
 */
@NullMarked
package dev.keyless.sandbox.pki;

import org.jspecify.annotations.NullMarked;
