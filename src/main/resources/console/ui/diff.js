import { html, useState } from '../vendor/preact.js';
import { diff } from '../lib/diff.js';
import { t } from '../lib/text.js';
import { plain } from './code.js';
import { broken } from './words.js';

const AROUND = 3;
const signs = { gone: '−', come: '+', '': ' ' };

/** Two texts as one: what is gone, what has come, and a few lines around. */
export function Diff({ title, before, after }) {
  const [all, show] = useState(false);
  const lines = diff(plain(before), plain(after));
  const isNear = (i) => lines.slice(Math.max(0, i - AROUND), i + AROUND + 1).some(({ look }) => look);
  const shown = lines.map((line, i) => ({ ...line, i })).filter(({ i }) => all || isNear(i));
  const isSame = lines.every(({ look }) => !look);
  return html`<div class="code"><div class="bar"><span>${title}</span>
      ${!isSame && shown.length < lines.length && html`<button type="button" class="button plain small" onClick=${() => show(true)}>${t('Show all of it')}</button>`}</div>
    ${isSame ? html`<p class="soft pad">${t('Both are alike.')}</p>`
    : html`<pre class="diff" tabindex="0" aria-label=${title} dir="ltr">${shown.map(({ look, text, i }, at) => html`${at > 0 && shown[at - 1].i < i - 1 && html`<span class="skip">⋯${'\n'}</span>`}<span class=${`line ${look}`} style=${{ '--in': 2 + Math.min(12, text.search(/\S|$/)) }}>${signs[look]} ${broken(text)}${'\n'}</span>`)}</pre>`}</div>`;
}
