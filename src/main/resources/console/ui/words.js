import { html } from '../vendor/preact.js';

/** So long a word fits on a line of its own wherever it is shown. */
const SHORT = 32;
const JOINTS = /(?<=[/?&=_-])(?![/?&=_-])|(?<=[.,@])(?=[a-z])/i;

/** A text that may hold addresses and identifiers: a short one stays whole, a long one is broken
    behind what parts it, unless what follows would not fit either. */
export const broken = (text) => String(text).split(/(\s+)/).map(word);

/** @param text without spaces */
export function word(text) {
  if (text.length <= SHORT) return /\w\W+\w/.test(text) ? html`<span class="whole">${text}</span>` : text;
  return text.split(JOINTS).map((part, i) => (i && part.length <= SHORT ? html`<wbr />${part}` : part));
}
