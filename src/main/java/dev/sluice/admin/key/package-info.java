/** API keys. */
@NullMarked
package dev.sluice.admin.key;

import org.jspecify.annotations.NullMarked;
