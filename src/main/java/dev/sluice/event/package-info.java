/** The vocabulary that the stages share: events, and what travels on the bus between the stages. */
@NullMarked
package dev.sluice.event;

import org.jspecify.annotations.NullMarked;
