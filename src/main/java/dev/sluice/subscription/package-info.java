/** Webhooks: what they are, where they are kept, and which of them want an event. */
@NullMarked
package dev.sluice.subscription;

import org.jspecify.annotations.NullMarked;
