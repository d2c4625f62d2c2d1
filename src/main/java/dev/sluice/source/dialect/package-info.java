@NullMarked
package dev.sluice.source.dialect;

import org.jspecify.annotations.NullMarked;
