/** The pods, and Redis. */
@NullMarked
package dev.sluice.admin.system;

import org.jspecify.annotations.NullMarked;
