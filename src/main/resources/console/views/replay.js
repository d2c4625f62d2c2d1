import { html, useEffect, useState } from '../vendor/preact.js';
import { get, may, post, remove } from '../lib/api.js';
import { useAction, useLoad } from '../lib/load.js';
import { number, plural, t } from '../lib/text.js';
import { exact, range } from '../lib/time.js';
import { Segments, Text } from '../form/field.js';
import { Icon } from '../ui/icons.js';
import { Ago, Empty, Failure, Loading, Note, State } from '../ui/parts.js';
import { complain, say } from '../ui/toasts.js';

const looks = { running: 'go', done: '', cancelled: '', failed: 'bad' };

const words = () => ({ running: t('Running'), done: t('Done'), cancelled: t('Cancelled'), failed: t('Failed') });

/** As an input of a local time wants it. */
function local(at) {
  const date = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return date.toISOString().slice(0, 16);
}

/** In the reader's manner, as the input follows the browser's. */
const spoken = (at) => at && range(at, at);

/** Past events of a range again, as a job that can be watched and stopped. */
export function Replay({ webhook }) {
  const at = `/v1/webhooks/${webhook.id}`;
  const [draft, write] = useState({ since: local(Date.now() - 3_600_000), until: '', only: 'all' });
  const set = (part) => write({ ...draft, ...part });
  const list = useLoad((signal) => get(at + '/replays', {}, signal).then((found) => found.replays), [webhook.id]);
  const isRunning = list.data?.some(({ state }) => state === 'running');
  useEffect(() => {
    if (!isRunning) return undefined;
    const soon = setTimeout(list.reload, 1500);
    return () => clearTimeout(soon);
  }, [list.data]);
  const start = useAction(async () => {
    const started = await post(at + '/replay', { since: new Date(draft.since).toISOString(), ...(draft.until ? { until: new Date(draft.until).toISOString() } : {}), only: draft.only });
    if (started.oldestRetained > started.since) say(t('What is older than {time} is not kept any more.', { time: exact(started.oldestRetained) }));
    list.reload();
  });
  const cancel = async (id) => {
    try {
      await remove(`${at}/replays/${id}`);
    } catch (error) {
      complain(error);
    }
    list.reload();
  };
  const submit = (event) => {
    event.preventDefault();
    start.run();
  };
  const problem = start.error?.errors?.length ? start.error : null;
  return html`<div class="stack">
    ${may('manage') && html`<form class="card" onSubmit=${submit}><div class="body">
      <p class="soft">${t('Sends past events that are still kept and that this webhook asks for, with the same webhook-id. What waits already is left alone.')}</p>
      <div class="columns"><${Text} id="since" type="datetime-local" label=${t('Accepted since')} value=${draft.since} set=${(since) => set({ since })} hint=${spoken(draft.since)} error=${problem?.at('/since')} />
        <${Text} id="until" type="datetime-local" label=${t('Until')} optional=${t('now')} value=${draft.until} set=${(until) => set({ until })} hint=${spoken(draft.until)} error=${problem?.at('/until')} /></div>
      <${Segments} name="only" label=${t('Which')} value=${draft.only} set=${(only) => set({ only })} of=${[['all', t('All of them')], ['failed', t('Only the dead ones')]]} />
      ${start.error && !problem && html`<${Failure} error=${start.error} />`}
      <div class="end"><button class="button primary" disabled=${start.busy || isRunning || !draft.since}><${Icon} name="again" />${t('Replay')}</button></div></div></form>`}
    ${list.error && html`<${Failure} error=${list.error} retry=${list.reload} />`}
    ${!list.data ? html`<${Loading} />` : html`<div class="card list">${list.data.length === 0 ? html`<${Empty} icon="again" title=${t('No replays yet')} />` : html`<table>
      <thead><tr><th>${t('State')}</th><th>${t('Range')}</th><th>${t('Progress')}</th><th>${t('Began')}</th><th><span class="hidden">${t('Stop')}</span></th></tr></thead>
      <tbody>${list.data.map((one) => html`<tr key=${one.id}><td class="fixed"><${State} look=${looks[one.state]}>${words()[one.state] ?? one.state}<//></td>
        <td class="soft main-cell" title=${`${exact(one.since)} – ${exact(one.until)}`}><div>${range(one.since, one.until)}</div></td>
        <td><div class="two"><progress max="1" value=${one.progress} aria-label=${t('Progress')}></progress><small class="soft">${plural(one.queued, '{n} delivery', '{n} deliveries')}, ${t('{n} events read', { n: number(one.read) })}</small></div></td>
        <td class="fixed soft when"><${Ago} at=${one.startedAt} /></td><td>${one.state === 'running' && may('manage') && html`<button class="button small" onClick=${() => cancel(one.id)}>${t('Stop')}</button>`}</td></tr>
        ${one.detail && one.state !== 'done' && html`<tr><td colspan="5"><${Note}><p>${one.detail}</p><//></td></tr>`}`)}</tbody></table>`}</div>`}
  </div>`;
}
