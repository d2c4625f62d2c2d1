@NullMarked
package dev.sluice.source.cockpit;

import org.jspecify.annotations.NullMarked;
