/**
 * The CMSs that post their own webhooks: their settings, and the dialects they do it in.
 *
 * <h2>How it works</h2>
 * A {@link dev.sluice.source.Source} is an installation of a CMS: what its requests must bring, what of them is kept, what
 * its deliveries carry, and whether it is on. {@link dev.sluice.source.Sources} holds those of the configuration and over
 * them those that the API stored. Its {@link dev.sluice.source.dialect.Dialect} reads from a request what the gateway has to know
 * (the name of the event, its time, the entity it is about) and leaves the body alone but for what the
 * {@link dev.sluice.source.dialect.SourceRules} take out of it. A new dialect is a room of its own,
 * named in {@link dev.sluice.source.Dialects}; its catalogue in {@code conf/catalogs} is named in
 * {@link dev.sluice.source.catalog.Catalogs}.
 *
 * <p>A source of the dialect {@code generic} is any other system: its {@link dev.sluice.source.recipe.Recipe} is data, its
 * rules name {@link dev.sluice.source.place.Place}s, its sender may sign ({@link dev.sluice.source.signature}; Amazon's, whose
 * key is fetched, {@link dev.sluice.source.sns}), and a file of {@link dev.sluice.source.provider} may say all of it.
 *
 * <h2>Off is decided when an event comes</h2>
 * An event of a source that is switched off is stored with the attribute {@code sluicemuted}, and fan-out delivers it to
 * nobody: its fate is in the journal, the same for every pod and at every reading, and visible on the event. What came
 * before the switch was thrown goes on to those who were to get it.
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
