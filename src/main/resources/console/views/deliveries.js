import { html } from '../vendor/preact.js';
import { get, me } from '../lib/api.js';
import { everyWebhook } from '../lib/all.js';
import { useLoad, usePages } from '../lib/load.js';
import { alter, go, place, url } from '../lib/router.js';
import { isAgain, ofDelivery, outcome, told } from '../lib/states.js';
import { plural, t } from '../lib/text.js';
import { recent } from '../lib/recent.js';
import { Icon } from '../ui/icons.js';
import { LiveMark, useNews } from '../ui/live.js';
import { Ago, Due, Empty, Failure, Loading, State } from '../ui/parts.js';
import { DeliveryDrawer } from './delivery.js';

const states = () => [['', t('Any state')], ['delivered', t('Delivered')], ['waiting', t('Waiting')], ['failed', t('Failed or dead')], ['dead', t('Dead')], ['coalesced', t('Coalesced')], ['cancelled', t('Cancelled')]];

const spans = () => [['', t('Any time')], ['1', t('Last hour')], ['24', t('Last day')], ['168', t('Last week')]];

const MOST_OFFERED = 200;

/** A list of thousands is no choice: others are found on their page. */
function offered(webhooks, chosen) {
  const some = webhooks.filter(({ id }, i) => i < MOST_OFFERED || id === chosen);
  return !chosen || some.some(({ id }) => id === chosen) ? some : [{ id: chosen, name: chosen }, ...some];
}

/** Of all webhooks. */
export function Deliveries() {
  const { query } = place.use();
  const webhooks = useLoad((signal) => everyWebhook(signal).then((found) => found.webhooks), [query.tenant]);
  const chosen = webhooks.data?.find(({ id }) => id === query.webhook);
  return html`<div class="page">
    <div class="head"><div><h1>${t('Deliveries')}</h1><p>${query.webhook || query.event ? t('Each event on its way to a webhook.') : t('The latest, of the webhooks with the latest attempts.')}</p></div></div>
    <${Failure} error=${webhooks.error} retry=${webhooks.reload} />
    ${webhooks.data || query.webhook || query.event ? html`<${DeliveryList} webhook=${chosen} webhooks=${webhooks.data ?? []} />` : webhooks.loading && html`<${Loading} />`}
  </div>`;
}

/** @param webhooks to choose from; none on the page of a webhook
    @param few only the latest ten, without filters */
export function DeliveryList({ webhook, webhooks, few }) {
  const { query } = place.use();
  const { state, hours, event } = query;
  const isOfOne = Boolean(webhook || query.webhook || event);
  const since = hours && new Date(Date.now() - hours * 3_600_000).toISOString();
  const id = webhook?.id ?? query.webhook;
  const list = usePages(async (cursor, signal) => {
    if (!isOfOne) return recent(webhooks, state, signal);
    const found = await get('/v1/deliveries', { webhook: id, event, state, since, limit: 50, cursor }, signal);
    return { rows: found.deliveries, cursor: found.cursor };
  }, [id, event, state, hours, query.tenant]);
  const news = useNews(list, (line) => (line.kind === 'attempt' || line.kind === 'event') && (!id || !line.webhook || line.webhook === id) && (!event || line.event === event || line.id === event));
  const tried = useLoad((signal) => (id ? lastTries(id, signal) : Promise.resolve(null)), [id, list.data]);
  const change = (part) => go(alter({ ...part, delivery: null }), { replace: true });
  const nameOf = (one) => webhooks?.find((other) => other.id === one.webhook)?.name ?? one.webhook;
  return html`<div class="stack">
    ${!few && html`<div class="filters">
      ${webhooks && html`<select aria-label=${t('Webhook')} value=${query.webhook ?? ''} onChange=${(e) => change({ webhook: e.target.value })}>
        <option value="">${t('All webhooks')}</option>${offered(webhooks, query.webhook).map((one) => html`<option value=${one.id}>${one.name}</option>`)}
        ${webhooks.length > MOST_OFFERED && html`<option disabled>${t('others on their own page')}</option>`}</select>`}
      <select aria-label=${t('State')} value=${state ?? ''} onChange=${(e) => change({ state: e.target.value })}>${states().map(([word, name]) => html`<option value=${word}>${name}</option>`)}</select>
      ${isOfOne && html`<select aria-label=${t('Time')} value=${hours ?? ''} onChange=${(e) => change({ hours: e.target.value })}>${spans().map(([word, name]) => html`<option value=${word}>${name}</option>`)}</select>`}
      ${event && html`<span class="chip">${event}<button aria-label=${t('Remove {name}', { name: event })} onClick=${() => change({ event: null })}><${Icon} name="close" /></button></span>`}
      <${LiveMark} /><span class="grow"></span>
      ${news.count > 0 && html`<button class="button small primary" onClick=${news.show}>${plural(news.count, '{n} new', '{n} new')}</button>`}
      <button class="button plain" onClick=${list.reload}><${Icon} name="again" />${t('Refresh')}</button>
    </div>`}
    <${Failure} error=${list.error} retry=${list.reload} />
    <div class="card list">
      ${list.loading && !list.data && html`<${Loading} />`}
      ${list.rows.length > 0 && html`<table>
        <thead><tr><th>${t('State')}</th><th>${t('Event')}</th>${webhooks && html`<th>${t('Webhook')}</th>`}<th>${t('Last outcome')}</th><th class="number">${t('Attempts')}</th><th>${t('When')}</th></tr></thead>
        <tbody>${(few ? list.rows.slice(0, 10) : list.rows).map((one, i) => html`<${Row} key=${`${one.id} ${one.endedAt ?? ''}`} delivery=${one} isAgain=${isAgain(list.rows, i)} name=${webhooks && nameOf(one)} last=${tried.data?.get(one.id) ?? one.note} />`)}</tbody></table>`}
      ${!list.loading && !list.error && list.rows.length === 0 && html`<${Nothing} isFiltered=${Boolean(state || hours || event)} more=${list.more} />`}
      ${list.more && list.rows.length > 0 && html`<div class="more"><button class="button small" onClick=${list.more}>${t('Show more')}</button></div>`}
    </div>
    ${query.delivery && html`<${DeliveryDrawer} key=${query.delivery} id=${query.delivery} close=${() => go(alter({ delivery: null }))} changed=${list.reload} />`}
  </div>`;
}

/** What came of the latest attempt of each delivery; a delivery itself does not say. */
async function lastTries(id, signal) {
  const { attempts } = await get(`/v1/webhooks/${id}/attempts`, { limit: 200 }, signal);
  return new Map(attempts.reverse().map((note) => [note.delivery, note]));
}

function Nothing({ isFiltered, more }) {
  return html`<${Empty} icon="delivery" title=${isFiltered ? t('Nothing like that') : t('No deliveries yet')}>
    <p>${isFiltered ? t('No delivery that is still known is like this.') : t('They appear when an event comes in that a webhook asks for.')}</p>
    ${more ? html`<button class="button" onClick=${more}>${t('Look further back')}</button>` : !isFiltered && !me.get()?.portal && html`<a class="button" href=${url('/events', { send: 'yes' })}><${Icon} name="send" />${t('Send an event')}</a>`}<//>`;
}

function Row({ delivery, isAgain: again, name, last }) {
  const { look, word } = ofDelivery(delivery);
  const { state, dueAt, diedAt, endedAt } = delivery;
  return html`<tr data-row aria-selected=${place.get().query.delivery === delivery.id}>
    <td class="fixed"><${State} look=${look}>${word}<//></td>
    <td class=${'main-cell ' + (name ? 'slim' : '')}><div class="two"><a data-open class="alien" href=${alter({ delivery: delivery.id })}>${delivery.type ?? delivery.event}</a>
      ${delivery.type && html`<small class="faint"><span class="mono">${delivery.event}</span>${again && html` <span class="whole" title=${t('By a replay or a retry. It keeps its id, so that the receiver can tell.')}>· ${t('sent once more')}</span>`}</small>`}</div></td>
    ${name !== undefined && name !== false && html`<td class="alien" data-label="→">${name}</td>`}
    <td class=${'soft alien ' + (last || delivery.lastOutcome ? '' : 'none')}>${last ? outcome(last) : told(delivery.lastOutcome) ?? '–'}</td>
    <td class=${'number ' + (delivery.attempts > 1 ? '' : 'none')} data-label=${t('Attempts')}>${delivery.attempts}</td>
    <td class="fixed soft when">${state === 'waiting' && dueAt ? html`<${Due} at=${dueAt} />` : state === 'waiting' ? t('behind another') : html`<${Ago} at=${endedAt ?? diedAt} />`}</td>
  </tr>`;
}
