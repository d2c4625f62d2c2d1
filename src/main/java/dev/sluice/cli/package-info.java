/**
 * What may be done from a shell beside starting a pod: {@code plan}, {@code apply}, {@code export}, {@code reseal},
 * {@code partitions}. {@code doctor}
 * needs what a pod is made of, and is in {@code boot.doctor}.
 *
 * <h2>How it works</h2>
 * <pre>
 *  files ─► Declarations ─► Declared: what is wanted, by kind, tenant and name
 *                                │
 *  Sluice ◄─── Api ──────► Planner ─► Plan: Change after Change, each with its difference ─► Apply
 * </pre>
 * A file says all of a webhook or a source, at any depth: what it leaves out gets its default, but {@code enabled} and {@code paused}, which
 * are switched at night and stay as they are. What would become of an object is asked of Sluice itself ({@code dryRun}), so a
 * plan knows every default, finds every mistake, and sees that a secret differs without seeing it.
 *
 * <h2>Why not</h2>
 * <ul>
 *   <li>Working on Redis: the rules of the forms, the keys and the versions are behind the API.
 *   <li>A state file, as others keep one of what they made: what is there is asked for, and what is in no file is left,
 *       unless {@code --prune} says otherwise.
 *   <li>Secrets in the files: a reference says where one is, {@code fromEnv} or {@code fromFile}.
 *   <li>What a pod has of its own for those who write the folder that it follows: they need not be those who may see it. A
 *       person who runs the command reads with his own rights, and what he likes.
 *   <li>A pod that puts the files' state back whenever it starts: of two pods with different files each would.
 *   <li>Event types: they are what catalogues list and sources were seen to send; the API does not make any.
 * </ul>
 */
@NullMarked
package dev.sluice.cli;

import org.jspecify.annotations.NullMarked;
