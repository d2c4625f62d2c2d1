/** Replays of past events. */
@NullMarked
package dev.sluice.admin.replay;

import org.jspecify.annotations.NullMarked;
