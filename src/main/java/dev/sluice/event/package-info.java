/**
 * The vocabulary that the stages share: events, and what travels on the bus between ingest, journal and fan-out. What names
 * webhooks ({@code Matches}, {@code WebhookChanged}) is in {@code subscription}, which this room does not know.
 */
@NullMarked
package dev.sluice.event;

import org.jspecify.annotations.NullMarked;
