import { html, useEffect } from '../vendor/preact.js';
import { Problem, call, get } from '../lib/api.js';
import { useLive } from '../lib/live.js';
import { useLoad } from '../lib/load.js';
import { alter, go, place, url } from '../lib/router.js';
import { ofDelivery, told } from '../lib/states.js';
import { t } from '../lib/text.js';
import { exact } from '../lib/time.js';
import { Icon } from '../ui/icons.js';
import { Ago, Copy, Due, Empty, Facts, Failure, Loading, State } from '../ui/parts.js';
import { Compare } from './compare.js';
import { DeliveryDrawer } from './delivery.js';
import { Payload } from './payload.js';

/** So long an event may be on its way to those who want it, and is looked at again. */
const FRESH = 10_000;

/** An event, and each webhook that got it. */
export function EventPage({ id }) {
  const { query } = place.use();
  const found = useLoad((signal) => call('GET', `/v1/events/${encodeURIComponent(id)}`, { signal, exact: true }), [id]);
  const webhooks = useLoad((signal) => get('/v1/webhooks', { limit: 500 }, signal).then((page) => page.webhooks), []);
  const event = found.data;
  useLive((line) => line.event === id, found.reload);
  const isFresh = event && Date.now() - new Date(event.acceptedAt) < FRESH
    && (event.deliveries.length === 0 || event.deliveries.some(({ state }) => state === 'pending'));
  useEffect(() => {
    if (!isFresh) return undefined;
    const soon = setTimeout(found.reload, 700);
    return () => clearTimeout(soon);
  }, [found.data]);
  if (!event) {
    if (found.error instanceof Problem && [400, 404].includes(found.error.status)) {
      return html`<div class="page"><div class="card"><${Empty} icon="event" title=${t('This event is not kept any more')}>
        <p>${t('Or there never was one with this id. What is delivered is forgotten after a while, one hour if nothing else is set (journal.retention).')}</p>
        <a class="button" href=${url('/deliveries', { event: id })}>${t('Look for its deliveries')}</a><//></div></div>`;
    }
    return found.error ? html`<div class="page"><${Failure} error=${found.error} retry=${found.reload} /></div>` : html`<${Loading} />`;
  }
  const { type, ...attributes } = event.attributes;
  const hasOutcome = event.deliveries.some(({ lastOutcome }) => lastOutcome);
  const nameOf = (delivery) => webhooks.data?.find((one) => one.id === delivery.webhook)?.name ?? delivery.webhook;
  return html`<div class="page">
    <div class="stack tight"><a class="small soft" href=${url('/events')}>${t('Events')}</a>
      <div class="head"><div><h1 class="alien">${type}</h1><p class="row"><code>${event.id}</code><${Copy} text=${event.id} /></p></div>
        <button class="button" onClick=${found.reload}><${Icon} name="again" />${t('Refresh')}</button></div></div>
    <div class="card list"><div class="title"><h2>${t('Deliveries')}</h2></div>
      ${(found.loading || isFresh) && html`<${Loading} />`}
      ${event.deliveries.length > 0 ? html`<table><thead><tr><th>${t('State')}</th><th>${t('Webhook')}</th>${hasOutcome && html`<th>${t('Last outcome')}</th>`}<th class="number">${t('Attempts')}</th><th>${t('When')}</th></tr></thead>
        <tbody>${event.deliveries.map((delivery) => html`<tr data-row key=${delivery.id}><td class="fixed"><${State} look=${ofDelivery(delivery).look}>${ofDelivery(delivery).word}<//></td>
          <td class="main-cell"><a data-open class="alien" href=${alter({ delivery: delivery.id })}>${nameOf(delivery)}</a></td>${hasOutcome && html`<td class=${'soft alien ' + (delivery.lastOutcome ? '' : 'none')}>${told(delivery.lastOutcome) ?? '–'}</td>`}
          <td class=${'number ' + (delivery.attempts > 1 ? '' : 'none')} data-label=${t('Attempts')}>${delivery.attempts}</td><td class="fixed soft when">${delivery.dueAt ? html`<${Due} at=${delivery.dueAt} />` : html`<${Ago} at=${delivery.endedAt ?? delivery.diedAt} />`}</td></tr>`)}</tbody></table>
        ${event.moreDeliveries && html`<div class="more"><a href=${url('/deliveries', { event: event.id })}>${t('All deliveries')}</a></div>`}`
    : !isFresh && html`<${Empty} icon="delivery" title=${t('Nobody got it')}><p>${t('No webhook asked for this event when it came.')}</p><//>`}</div>
    <div class="card"><div class="title"><h2>${t('Attributes')}</h2></div><div class="body"><${Facts} of=${[[t('Accepted'), exact(event.acceptedAt)], [t('Tenant'), event.tenant],
    ...Object.entries(attributes).filter(([name]) => name !== 'tenant').map(([name, value]) => [name, String(value)])]} /></div></div>
    <${Payload} event=${found} />
    <${Compare} event=${event} />
    ${query.delivery && html`<${DeliveryDrawer} key=${query.delivery} id=${query.delivery} close=${() => go(alter({ delivery: null }))} changed=${found.reload} />`}
  </div>`;
}
