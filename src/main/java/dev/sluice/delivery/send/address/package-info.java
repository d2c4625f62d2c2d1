@NullMarked
package dev.sluice.delivery.send.address;

import org.jspecify.annotations.NullMarked;
