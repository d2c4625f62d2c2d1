import { html, useState } from '../vendor/preact.js';
import { may, post } from '../lib/api.js';
import { useLive } from '../lib/live.js';
import { useAction } from '../lib/load.js';
import { go, url } from '../lib/router.js';
import { tab } from '../lib/store.js';
import { plural, t } from '../lib/text.js';
import { Area, Text } from '../form/field.js';
import { Icon } from '../ui/icons.js';
import { LiveMark } from '../ui/live.js';
import { Ago, Empty, Failure } from '../ui/parts.js';
import { say } from '../ui/toasts.js';

export function Events() {
  const [id, set] = useState('');
  const find = (event) => {
    event.preventDefault();
    const clean = id.trim();
    if (clean.startsWith('dlv_')) go(url('/deliveries', { delivery: clean }));
    else if (clean) go(url(`/events/${encodeURIComponent(clean)}`));
  };
  return html`<div class="page">
    <div class="head"><div><h1>${t('Events')}</h1><p>${t('What came in, and what became of it.')}</p></div></div>
    <form class="card" onSubmit=${find}><div class="body"><div class="row top"><div class="grow">
      <${Text} id="find" label=${t('Find by id')} placeholder="evt_… / dlv_…" value=${id} set=${set} hint=${t('The answer to POST /v1/events has it, and every delivery as webhook-id.')} /></div>
      <button class="button under-label"><${Icon} name="search" />${t('Find')}</button></div></div></form>
    <${Arrivals} />
    ${may('admin') && html`<${Send} />`}
  </div>`;
}

/** What came since the reader is here. */
function Arrivals() {
  const [rows, set] = useState([]);
  useLive((line) => line.kind === 'event', (lines) => set((before) => [...lines.reverse(), ...before].slice(0, 100)));
  return html`<div class="card list"><div class="title"><h2>${t('Coming in now')}</h2><${LiveMark} /></div>
    ${rows.length === 0 ? html`<${Empty} icon="event" title=${t('Nothing since you opened this page')}><p>${t('Events show here as they come, from every producer.')}</p><//>`
    : html`<table><thead><tr><th>${t('Event')}</th><th>${t('Source')}</th><th class="number">${t('Size')}</th><th>${t('Received')}</th></tr></thead>
      <tbody>${rows.map((one) => html`<tr key=${one.id} data-row><td class="main-cell"><div class="two"><a data-open class="cut" href=${url(`/events/${one.id}`)}>${one.type}</a><small class="faint mono cut">${one.id}</small></div></td>
        <td class="alien soft">${one.source}</td><td class="number soft">${plural(one.bytes, '{n} byte', '{n} bytes')}</td><td class="fixed soft when"><${Ago} at=${one.at} /></td></tr>`)}</tbody></table>`}</div>`;
}

const sample = { type: 'order.paid', data: '{\n  "id": 7,\n  "total": "19.90"\n}' };

function Send() {
  const [draft, write] = useState(() => JSON.parse(tab.get('event') ?? 'null') ?? sample);
  const set = (part) => {
    write({ ...draft, ...part });
    tab.set('event', JSON.stringify({ ...draft, ...part }));
  };
  const send = useAction(async () => {
    const { id } = await post('/v1/events', body(draft));
    say(t('Accepted'));
    go(url(`/events/${id}`));
  });
  const submit = (event) => {
    event.preventDefault();
    send.run();
  };
  const problem = send.error?.errors?.length ? send.error : null;
  const wrong = !isJson(draft.data) ? t('This is no JSON.') : problem?.at('/data');
  return html`<form class="card" onSubmit=${submit}><div class="title"><h2>${t('Send an event')}</h2></div><div class="body">
    <div class="columns"><${Text} id="event-type" label=${t('Event type')} value=${draft.type} set=${(type) => set({ type })} error=${problem?.at('/type')} />
      <${Text} id="partition" label=${t('Partition key')} optional=${t('optional')} value=${draft.key} set=${(key) => set({ key })} error=${problem?.at('/partitionkey')} /></div>
    <${Area} id="data" label=${t('Data')} rows=${8} value=${draft.data} set=${(data) => set({ data })} error=${wrong} />
    <${Failure} error=${elsewhere(send.error)} />
    <div class="end"><button class="button primary" disabled=${send.busy || !isJson(draft.data)}><${Icon} name="send" />${t('Send')}</button></div></div></form>`;
}

/** What no field says. */
const elsewhere = (error) => (error?.errors?.length && error.errors.every(({ pointer }) => /^\/(type|partitionkey|data)\b/.test(pointer)) ? null : error);

/** The data goes as it was typed: large numbers stay what they are. */
function body({ type, key, data }) {
  const tenant = new URLSearchParams(location.search).get('tenant');
  const head = JSON.stringify({ type: type.trim(), ...(key ? { partitionkey: key } : {}), ...(tenant ? { tenant } : {}) });
  return data.trim() ? `${head.slice(0, -1)},"data":${data}}` : head;
}

function isJson(text) {
  try {
    return !text.trim() || JSON.parse(text) !== undefined;
  } catch {
    return false;
  }
}
