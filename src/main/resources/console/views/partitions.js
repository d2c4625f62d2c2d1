import { html, useState } from '../vendor/preact.js';
import { number, plural, t } from '../lib/text.js';
import { span } from '../lib/time.js';
import { Icon } from '../ui/icons.js';
import { Failure, Loading } from '../ui/parts.js';

/** Shown before the reader asks for all. */
const SHOWN = 16;
/** So old is what a pod works on; what is older waits. */
const OLD = 5000;

/** The journal: who reads each keyed partition, and how far behind. Those that are behind come first. */
export function Partitions({ found }) {
  const [all, show] = useState(false);
  if (!found.data) return html`<${Failure} error=${found.error} retry=${found.reload} />${found.loading && html`<${Loading} />`}`;
  const rows = [...found.data].sort((a, b) => age(b) - age(a) || b.keyed - a.keyed);
  const shown = all ? rows : rows.slice(0, SHOWN);
  const unread = found.data.reduce((sum, one) => sum + (one.unread ?? 0), 0);
  const unsettled = found.data.reduce((sum, one) => sum + one.unsettled, 0);
  return html`<div class="card list"><div class="title"><h2>${t('Partitions of the journal')}</h2>
      <span class="soft small">${plural(unread, '{n} event is not read yet', '{n} events are not read yet')} · ${plural(unsettled, '{n} is under way', '{n} are under way')}</span></div>
    <table><thead><tr><th>${t('Partition')}</th><th>${t('Read by')}</th><th class="number">${t('Not read yet')}</th><th class="number">${t('Under way')}</th><th class="number">${t('Oldest')}</th></tr></thead>
      <tbody>${shown.map((one) => html`<tr key=${one.name}>
        <td class="fixed first"><span class="tag">${one.name}</span></td><td class="main-cell"><${Reader} of=${one} /></td>
        <td class=${'number ' + (one.unread === 0 ? 'none' : '')} data-label=${t('Not read yet')}>${one.unread === undefined ? '?' : number(one.unread)}</td>
        <td class=${'number ' + (one.unsettled ? '' : 'none')} data-label=${t('Under way')}>${number(one.unsettled)}</td>
        <td class=${'number ' + (age(one) ? '' : 'none')} data-label=${t('Oldest')}>${age(one) ? html`<span class=${age(one) > OLD ? 'late' : ''}>${span(age(one))}</span>` : '–'}</td></tr>`)}</tbody></table>
    ${rows.length > shown.length && html`<div class="more"><button class="button small" onClick=${() => show(true)}>${t('Show all {n}', { n: rows.length })}</button></div>`}</div>`;
}

const age = ({ oldestUnreadMs, oldestUnsettledMs }) => Math.max(oldestUnreadMs, oldestUnsettledMs);

function Reader({ of }) {
  if (!of.keyed) return html`<span class="soft">${t('all pods, in no order')}</span>`;
  if (!of.reader) return html`<span class="row late"><${Icon} name="alert" />${t('nobody just now')}</span>`;
  const end = of.reader.lastIndexOf('-');
  return html`<div class="two"><span class="cut" title=${of.reader}>${of.reader.slice(0, end)}</span><small class="faint">${t('event loop {n}, in order of the keys', { n: of.reader.slice(end + 1) })}</small></div>`;
}
