@NullMarked
package dev.sluice.delivery.send.signature;

import org.jspecify.annotations.NullMarked;
