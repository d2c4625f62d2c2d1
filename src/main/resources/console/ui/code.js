import { html, useRef, useState } from '../vendor/preact.js';
import { indented } from '../lib/json.js';
import { t } from '../lib/text.js';
import { useFades } from './fades.js';
import { Copy } from './parts.js';
import { broken, word } from './words.js';

const MOST = 64 * 1024;
/** In a narrow window there would be no room for what is further in. */
const MOST_IN = 12;
const TOKENS = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const TURNS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Marks that turn the direction of text are shown, as they could make it read as something else. */
export const plain = (text) => text.replace(TURNS, (mark) => '\\u' + mark.codePointAt(0).toString(16).padStart(4, '0'));

export function Code({ text, title, json, tools }) {
  const [all, show] = useState(false);
  const box = useRef();
  useFades(box);
  const isCut = !all && text.length > MOST;
  const shown = plain(isCut ? text.slice(0, MOST) : text);
  return html`<div class="code">
    <div class="bar"><span>${title}</span><span class="row">${tools}<${Copy} text=${text} /></span></div>
    <pre ref=${box} tabindex="0" aria-label=${title} dir="ltr">${lines(shown, json && shown.length <= MOST ? coloured : broken)}${isCut && '…'}</pre>
    ${isCut && html`<div class="more"><button class="button small" onClick=${() => show(true)}>${t('Show all of it')}</button></div>`}
  </div>`;
}

export const Json = ({ value, title, tools }) => html`<${Code} json title=${title} tools=${tools} text=${JSON.stringify(value, null, 2)} />`;

/** Of text that may be JSON. */
export function Body({ text, title, tools }) {
  const pretty = indented(text);
  return html`<${Code} title=${title} tools=${tools} json=${pretty !== null} text=${pretty ?? text} />`;
}

/** Where a line is broken, it goes on further in than it began. */
const lines = (text, draw) => text.split('\n').map((line) =>
  html`<span class="line" style=${{ '--in': Math.min(MOST_IN, line.search(/\S|$/)) }}>${line ? draw(line) : '\n'}</span>`);

function coloured(text) {
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(TOKENS)) {
    const [token, string, colon] = found;
    parts.push(text.slice(from, found.index));
    parts.push(html`<span class=${string ? (colon ? 'name' : 'text') : 'literal'}>${/\s/.test(token) ? token : word(string ?? token)}</span>`);
    if (colon) parts.push(colon);
    from = found.index + token.length;
  }
  parts.push(text.slice(from));
  return parts;
}
