/** Which addresses may be called, and which is: resolving, the guard, own listeners, the proxy, and turns and races of several. */
@NullMarked
package dev.sluice.delivery.send.address;

import org.jspecify.annotations.NullMarked;
