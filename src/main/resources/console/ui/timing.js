import { html } from '../vendor/preact.js';
import { later, t } from '../lib/text.js';
import { span } from '../lib/time.js';

const parts = [
  { key: 'dns', word: 'DNS' }, { key: 'connect', word: later('Connecting') }, { key: 'tls', word: 'TLS' },
  { key: 'firstByte', word: later('First byte') }, { key: 'body', word: later('Body') },
];

/** Where the time of an attempt went, as a bar; nothing where that is not known. */
export function Timing({ of: { timing, durationMs, sentAgain } }) {
  if (!timing) return null;
  const known = parts.map(({ key, word }) => ({ look: key, word: t(word), ms: timing[`${key}Ms`], bad: timing.failedIn === key })).filter(({ ms }) => ms !== undefined);
  const rest = durationMs - known.reduce((sum, { ms }) => sum + ms, 0);
  const all = rest > 0 ? [{ look: 'before', word: sentAgain ? t('First try') : t('Before'), ms: rest }, ...known] : known;
  const failed = known.find(({ bad }) => bad);
  const said = all.map(({ word, ms }) => `${word}: ${span(ms)}`).join(', ');
  return html`<figure class="timing">
    ${durationMs > 0 && html`<div class="track" role="img" aria-label=${`${t('Where the time went')}. ${said}`}>${all.filter(({ ms, bad }) => ms > 0 || bad).map(({ look, ms, bad }) => html`<i class=${bad ? 'bad' : look} style=${{ flexGrow: ms }}></i>`)}</div>`}
    <figcaption class="legend">${all.map(({ look, word, ms, bad }) => html`<span><i class=${bad ? 'bad' : look}></i>${word} <b>${span(ms)}</b></span>`)}
      ${timing.keptConnection && html`<span>${t('on a kept connection')}</span>`}</figcaption>
    ${failed && html`<p class="small">${t('{part}: failed after {time}', { part: failed.word, time: span(failed.ms) })}</p>`}
  </figure>`;
}
