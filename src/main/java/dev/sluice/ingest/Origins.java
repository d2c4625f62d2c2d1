package dev.sluice.ingest;

import dev.sluice.source.Sightings;
import dev.sluice.source.Sources;
import dev.sluice.source.sns.SnsDesk;

/**
 * The systems that post their own webhooks.
 *
 * @param sources   what is known of them
 * @param sightings what was seen of them
 * @param sns       what looks at messages of Amazon SNS
 */
public record Origins(Sources sources, Sightings sightings, SnsDesk sns) {}
