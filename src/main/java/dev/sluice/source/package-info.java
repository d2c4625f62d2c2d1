/**
 * The dialects in which a CMS posts its own webhooks.
 *
 * <h2>How it works</h2>
 * A source is an installation of a CMS; the configuration gives it a {@link dev.sluice.source.Dialect}. The dialect reads
 * from a request what the gateway has to know (the name of the event, its time, the entity it is about) and leaves the
 * body alone: it is delivered byte for byte. A new dialect is one class, named in {@link dev.sluice.source.Dialects}.
 *
 * <h2>Why not by Content-Type</h2>
 * A Strapi whose user overrides the header sends {@code text/plain, application/json}, or two lines. The source says
 * which dialect it is; the header says nothing.
 *
 * <h2>What a dialect must not do</h2>
 * Check more than it needs: bodies differ between versions, settings and events, and an event that nobody knows is an event.
 * Guess: an attribute that a body does not tell is not there, and an event that is about no single entity has no partition
 * key. Decide by a member that is given twice: the receiver might read the other one.
 */
@NullMarked
package dev.sluice.source;

import org.jspecify.annotations.NullMarked;
