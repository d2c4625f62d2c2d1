/** What the systems of the dialects can tell about, read from {@code conf/catalogs/} in the jar. */
@NullMarked
package dev.sluice.source.catalog;

import org.jspecify.annotations.NullMarked;
