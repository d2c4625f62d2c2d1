/**
 * API keys, roles, and the gate that holds them against a request.
 *
 * <h2>How it works</h2>
 *
 * A key's token is {@code slk_} and 32 random bytes. Redis holds the SHA-256 of it and what it may do; each pod holds all
 * of them as an immutable snapshot in a {@link dev.sluice.access.KeyRing}, read again as soon as the version beside them
 * changes. So admitting a request is one hash, one look-up and one comparison, and never waits.
 *
 * <h2>Why a fast hash is right here</h2>
 *
 * Slow hashes (bcrypt, Argon2) make guessing dear where people choose the secret. A token is 256 bits of chance: at 10^12
 * guesses a second, half of them take 10^57 years, with any hash. A slow one would only add its cost to each request. No
 * salt either: no two tokens are alike, and a table of 2^256 hashes cannot be made.
 *
 * <h2>Why no cache of tokens</h2>
 *
 * A map from token to caller would save the one SHA-256 block, but would compare secrets with {@code String.equals},
 * which returns at the first wrong character, and would have to be emptied at each revocation.
 *
 * <h2>Passes</h2>
 *
 * A host application lets a customer in by a link, which becomes a pass for a visit ({@link dev.sluice.access.Passes}). A
 * pass is not stored: with thousands of customers an hour each pod would read all keys again each time, and one that had not
 * yet would refuse him. It is not signed with what Redis has of the key either, as whoever reads Redis could make one then. What
 * a visitor may call is a list of paths, so what is added to the API later is closed to him until somebody opens it.
 *
 * <h3>Types of events</h3>
 *
 * A pass may say which types of events its customer may see. What that means is decided where webhooks and events are known,
 * in {@code admin.web.Sight}; a test walks every route with such a pass. It is sealed for another place than a pass that is
 * not limited, so that during an upgrade a pod of before cannot read it, and take it for one that may see all.
 *
 * <p>How a portal looks ({@link dev.sluice.access.Looks}) waits in Redis until its link is used, five minutes at most: a
 * picture in the link would make it longer than the header of a redirect may be. What the policy of the page allows must be
 * known before its script runs, so the address of the page says it, sealed; not sealed, anybody's link could have it allow
 * another's server. Rejected: allowing pictures of all servers, and fetching the picture here, which would be one more way to
 * have a gateway call where a caller wants.
 *
 * <h2>Open mode</h2>
 *
 * Without any key everybody is admin, as a first start on one's own machine should be. It holds only in a process that
 * found no key when it started, because only such a process listens on loopback alone
 * ({@link dev.sluice.access.ListenPolicy}). A process that listens wider and whose keys vanish, with Redis's data, say,
 * refuses everybody.
 */
@NullMarked
package dev.sluice.access;

import org.jspecify.annotations.NullMarked;
