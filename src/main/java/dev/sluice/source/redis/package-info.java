/**
 * The sources in Redis.
 *
 * <h2>How it works</h2>
 * All sources are one hash, with a version beside it that one script moves at each change. Each pod looks at the version
 * twice a second and reads the hash when it moved. What sources were seen to send is one hash for each, to which a pod adds
 * once a second what it counted meanwhile; what its privacy rules found is another, which runs out as long after its first
 * count as the other after its last, so that rules that are no more do not stay.
 *
 * <h2>Why not as webhooks are kept</h2>
 * The registry of webhooks reads single changes from a stream, since a tenant may have a hundred thousand. Sources are as
 * many as there are installations of a CMS: to read all of them anew costs less than to keep track.
 */
@NullMarked
package dev.sluice.source.redis;

import org.jspecify.annotations.NullMarked;
