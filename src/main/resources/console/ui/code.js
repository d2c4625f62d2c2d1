import { html, useState } from '../vendor/preact.js';
import { indented } from '../lib/json.js';
import { t } from '../lib/text.js';
import { Copy } from './parts.js';

const MOST = 64 * 1024;
const TOKENS = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const TURNS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Marks that turn the direction of text are shown, as they could make it read as something else. */
export const plain = (text) => text.replace(TURNS, (mark) => '\\u' + mark.codePointAt(0).toString(16).padStart(4, '0'));

export function Code({ text, title, json, tools }) {
  const [all, show] = useState(false);
  const isCut = !all && text.length > MOST;
  const shown = plain(isCut ? text.slice(0, MOST) : text);
  return html`<div class="code">
    <div class="bar"><span>${title}</span><span class="row">${tools}<${Copy} text=${text} /></span></div>
    <pre tabindex="0" aria-label=${title} dir="ltr">${json && shown.length <= MOST ? coloured(shown) : shown}${isCut && '…'}</pre>
    ${isCut && html`<div class="more"><button class="button small" onClick=${() => show(true)}>${t('Show all of it')}</button></div>`}
  </div>`;
}

export const Json = ({ value, title, tools }) => html`<${Code} json title=${title} tools=${tools} text=${JSON.stringify(value, null, 2)} />`;

/** Of text that may be JSON. */
export function Body({ text, title, tools }) {
  const pretty = indented(text);
  return html`<${Code} title=${title} tools=${tools} json=${pretty !== null} text=${pretty ?? text} />`;
}

function coloured(text) {
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(TOKENS)) {
    const [token, string, colon] = found;
    parts.push(text.slice(from, found.index));
    parts.push(html`<span class=${string ? (colon ? 'name' : 'text') : 'literal'}>${string ?? token}</span>`);
    if (colon) parts.push(colon);
    from = found.index + token.length;
  }
  parts.push(text.slice(from));
  return parts;
}
