@NullMarked
package dev.sluice.delivery.send.content;

import org.jspecify.annotations.NullMarked;
