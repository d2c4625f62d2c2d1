/** API keys, roles, and the gate that holds them against a request. */
@NullMarked
package dev.sluice.access;

import org.jspecify.annotations.NullMarked;
