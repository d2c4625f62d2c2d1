/** Sources and the catalogue of their event types. */
@NullMarked
package dev.sluice.admin.source;

import org.jspecify.annotations.NullMarked;
