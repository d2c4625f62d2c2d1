@NullMarked
package dev.sluice.delivery.send.token;

import org.jspecify.annotations.NullMarked;
