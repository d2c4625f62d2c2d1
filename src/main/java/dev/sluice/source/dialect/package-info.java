/** What a dialect is, what its rules are, and what the dialects share. Each has a room of its own beside this one. */
@NullMarked
package dev.sluice.source.dialect;

import org.jspecify.annotations.NullMarked;
