/** What is done where an endpoint says not yet: how long it is left alone, and how fast it is asked then. */
@NullMarked
package dev.sluice.delivery.policy.pace;

import org.jspecify.annotations.NullMarked;
