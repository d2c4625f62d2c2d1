/**
 * Where a request says something, and how it is read from there.
 *
 * <pre>
 *  PlaceText ─► Place (pointer │ header │ form │ query │ constant │ first of │ template) ─ asks ─► Letter ─► PointerSearch
 * </pre>
 * A {@link dev.sluice.source.place.Place} is made once, with the source; a {@link dev.sluice.source.place.Letter} is made for
 * each request, and looks for all pointers of the source in one pass over the body, as soon as one of them is asked for.
 */
@NullMarked
package dev.sluice.source.place;

import org.jspecify.annotations.NullMarked;
