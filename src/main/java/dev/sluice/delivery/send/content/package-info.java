/** What the body of an attempt is made of: the payload as it came, or an envelope around it. */
@NullMarked
package dev.sluice.delivery.send.content;

import org.jspecify.annotations.NullMarked;
