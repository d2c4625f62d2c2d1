/**
 * What is particular to a system that is no CMS of ours: which of its headers go on, and how many events a request is. Data,
 * as a user or a provider's file writes it.
 */
@NullMarked
package dev.sluice.source.recipe;

import org.jspecify.annotations.NullMarked;
