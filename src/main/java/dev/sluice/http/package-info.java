/** What every HTTP edge of the gateway shares: problems, limits, the Host check. */
@NullMarked
package dev.sluice.http;

import org.jspecify.annotations.NullMarked;
