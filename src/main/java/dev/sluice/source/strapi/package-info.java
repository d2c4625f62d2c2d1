/** Strapi 3, 4 and 5. */
@NullMarked
package dev.sluice.source.strapi;

import org.jspecify.annotations.NullMarked;
