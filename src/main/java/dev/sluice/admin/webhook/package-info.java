/** Webhooks: make, change, look at, match, test. */
@NullMarked
package dev.sluice.admin.webhook;

import org.jspecify.annotations.NullMarked;
