@NullMarked
package dev.sluice.source.strapi;

import org.jspecify.annotations.NullMarked;
