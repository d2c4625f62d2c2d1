/** When to try again, when to stop, when to wait: decisions only. Pure Java; time and chance come as parameters. */
@NullMarked
package dev.sluice.delivery.policy;

import org.jspecify.annotations.NullMarked;
