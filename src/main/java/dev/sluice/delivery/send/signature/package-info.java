/** The signature of an attempt, by Standard Webhooks. */
@NullMarked
package dev.sluice.delivery.send.signature;

import org.jspecify.annotations.NullMarked;
