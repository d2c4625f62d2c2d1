/** Which addresses may be called: resolving, the guard against private networks, own listeners, and the proxy. */
@NullMarked
package dev.sluice.delivery.send.address;

import org.jspecify.annotations.NullMarked;
