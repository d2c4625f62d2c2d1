/** Cockpit and Maya, which grew from it. */
@NullMarked
package dev.sluice.source.cockpit;

import org.jspecify.annotations.NullMarked;
