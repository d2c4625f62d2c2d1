/**
 * What a JSONata expression is made of, and the regular expressions that it may hold.
 *
 * <p>Subscription asks here whether an expression may be saved, delivery how to evaluate it. The library keeps the parts of
 * a parsed expression to itself; {@link dev.sluice.jsonata.ExpressionParts} is the only place that reaches for them.
 *
 * <h2>Why RE2/J</h2>
 *
 * <p>{@code java.util.regex} backtracks, and cannot be stopped: a text that counts how often it is read does not see
 * {@code (?:(?:){1000000000}){1000000000}} or {@code (?:|)(?:|)(?:|)…}, which read nothing. RE2/J takes one look at each
 * character for each part of the pattern. What it does not have, because it cannot be done in linear time, is refused when
 * the webhook is saved: look-around, references to groups, possessive quantifiers. A matcher of our own that counts its steps
 * would have them, and would still end on an attack only when the budget of the victim is gone.
 *
 * <p>Where the dialects differ, the pattern is rewritten so that it means what it meant: the dot, {@code \s}, {@code \S} and
 * {@code \}{@code uXXXX}; {@code \v} and {@code \0} are refused, and what to write instead is said. Four differences stay.
 * Three are JavaScript's: {@code $} does not match before a last line break, {@code /i} knows the letters of all languages,
 * and {@code \b} knows words of ASCII alone. The fourth is RE2's: to {@code /m} only {@code \n} ends a line, and another line
 * begins behind the last one.
 */
@NullMarked
package dev.sluice.jsonata;

import org.jspecify.annotations.NullMarked;
