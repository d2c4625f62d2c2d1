@NullMarked
package dev.sluice.delivery.send.http;

import org.jspecify.annotations.NullMarked;
