@NullMarked
package dev.sluice.subscription.index;

import org.jspecify.annotations.NullMarked;
