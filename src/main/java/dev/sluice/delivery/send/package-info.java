/** One attempt: the address that may be called, the bytes that are signed, the deadline, the bounded answer. */
@NullMarked
package dev.sluice.delivery.send;

import org.jspecify.annotations.NullMarked;
