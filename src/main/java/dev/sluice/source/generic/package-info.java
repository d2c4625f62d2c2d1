@NullMarked
package dev.sluice.source.generic;

import org.jspecify.annotations.NullMarked;
