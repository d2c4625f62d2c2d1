/**
 * Takes events in, and answers when they are written.
 *
 * <h2>How it works</h2>
 * <pre>
 * IngestVerticle ─► IngestHandler ─┬► EventsEndpoint ─┬► Decoder ─► drafts ─┐
 *                   (admission,    │                  └► NdjsonStream ──────┤
 *                    gate)         └► SourceEndpoint ─► Dialect ─► draft ───┴► Appends ─bus─► journal
 * </pre>
 * A request passes {@link dev.sluice.ingest.body.Admission} before a byte of its body is read, by what is in the same room.
 * Decoders walk the bytes once, check the attributes, and cut {@code data} out by its offsets; they are pure and name every
 * fault with a JSON pointer. {@link dev.sluice.ingest.GroupCommit} sends what arrived in one turn of the event loop as one
 * message. 202 is written when the journal's answer is there.
 *
 * <p>A system that stands in for a CMS sends the parts of an event, to {@code /v1/sources/{source}/emit} or in the place of
 * an event; the dialect makes the body of them, which from there on is a request of the CMS. A body in the place of an event
 * is only looked at in this way when it was refused as one: plain events pay nothing for it.
 *
 * <h2>How strict</h2>
 * {@code application/cloudevents+json} says "this is a CloudEvent 1.0" and is held to it: {@code specversion},
 * {@code id}, {@code source} and {@code type} are required. Everywhere else, batches and binary mode included, only
 * {@code type} is; {@code specversion} must be 1.0 if it is there. {@code data} is the producer's: it must be JSON where
 * it says so, since it is spliced into JSON envelopes later, but it is not looked into, double names included.
 *
 * <h2>Whose name it is</h2>
 * A name that a client chose is only a name beside the client's own. An {@code Idempotency-Key} belongs to the caller (its
 * API key, or the source whose secret it has), the tenant of the event, and the path it was sent to; an {@code id} to the
 * tenant and the {@code source}, as CloudEvents has it, and to the caller again where no source is said. An API key that is
 * replaced between an attempt and its repetition makes the repetition a new event: an event twice is better than a lost one.
 * The key is kept with a digest of the body, and the same key with another body is refused with 422. The same source and id
 * with other data is a repetition all the same, by CloudEvents 1.0, section 3.1.1: a producer that makes the event anew
 * for each attempt, with another {@code time}, would never get through.
 *
 * <p>A batch stands or falls whole. Its name is its first event's, in whose tenant it is looked for. What fits into one script
 * of Redis is looked up and appended there, and its first event decides for all. What does not, since its events lie in
 * several partitions or are very many, claims the name first and is appended in a second write; a repetition finds the claim
 * its own and appends what is not there. Events that all have a {@code partitionkey} of one partition fit into one script,
 * far from where the key is known: with another {@code partitionkey} in the second body they may be stored, whole. To
 * refuse them too would take a second write for each such event, for an error that loses nothing.
 *
 * <h2>Who may be told to send</h2>
 * Systems that deliver CloudEvents ask with {@code OPTIONS} whether events are expected at a URL, before they send any. At
 * {@code /v1/events} the answer is yes, to any origin and at any rate. By the specification the question "does not aim to
 * establish an authentication or authorization context"; it keeps its sender from flooding somebody who knows of nothing.
 * This gateway does know: an event still needs a key, and too many get 503 and {@code Retry-After}. Rejected: to ask for the
 * key in the question, since Azure Event Grid brings none there; a list of origins in the settings, which would look as if
 * it kept anybody out; and to call {@code WebHook-Request-Callback}, a URL of a stranger's choice.
 *
 * <h2>Why not Vert.x Web's Router for ingest</h2>
 * A router makes a context for each request, walks its routes, and hands the body to a handler that gathers it whole
 * before anybody can say no. Ingest has three paths, wants to refuse before a body is read, and streams without end.
 * Everything else goes to the router.
 *
 * <h2>Why not a tree of the event</h2>
 * Parsing {@code data} into objects and writing it again costs more than everything else that ingest does, and changes
 * the bytes: numbers lose digits, escapes their form. What was signed by the producer would not verify any more.
 */
@NullMarked
package dev.sluice.ingest;

import org.jspecify.annotations.NullMarked;
