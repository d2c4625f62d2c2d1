import { html, useState } from '../vendor/preact.js';
import { call } from '../lib/api.js';
import { useLoad } from '../lib/load.js';
import { alter, go, place } from '../lib/router.js';
import { t } from '../lib/text.js';
import { Text } from '../form/field.js';
import { Diff } from '../ui/diff.js';
import { Failure } from '../ui/parts.js';

/** The payload of an event beside that of another one, which the address names. */
export function Compare({ event }) {
  const { query } = place.use();
  const [id, set] = useState(query.with ?? '');
  const other = useLoad((signal) => (query.with ? call('GET', `/v1/events/${encodeURIComponent(query.with)}`, { signal, exact: true }) : Promise.resolve(null)), [query.with]);
  const submit = (pressed) => {
    pressed.preventDefault();
    go(alter({ with: id.trim() }), { replace: true });
  };
  return html`<form class="card" onSubmit=${submit}><div class="body"><div class="row top"><div class="grow">
      <${Text} id="compare" label=${t('Compare with another event')} placeholder="evt_…" value=${id} set=${set} /></div>
      <button class="button under-label">${t('Compare')}</button></div>
    <${Failure} error=${other.error} />
    ${query.with && other.data && html`<${Diff} title=${t('From {one} to {other}', { one: event.id, other: other.data.id })} before=${payload(event)} after=${payload(other.data)} />`}</div></form>`;
}

const payload = ({ data, dataBase64 }) => JSON.stringify(data ?? dataBase64 ?? null, null, 2);
