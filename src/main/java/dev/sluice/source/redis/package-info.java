/**
 * The sources in Redis.
 *
 * <h2>How it works</h2>
 * All sources are one hash, with a version beside it that one script moves at each change. Each pod looks at the version
 * twice a second and reads the hash when it moved. What sources were seen to send is one hash for each, to which a pod adds
 * once a second what it counted meanwhile.
 *
 * <h2>Why not as webhooks are kept</h2>
 * The registry of webhooks reads single changes from a stream, since a tenant may have a hundred thousand. Sources are as
 * many as there are installations of a CMS: to read all of them anew costs less than to keep track.
 */
@NullMarked
package dev.sluice.source.redis;

import org.jspecify.annotations.NullMarked;
