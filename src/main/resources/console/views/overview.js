import { html, useState } from '../vendor/preact.js';
import { may, me } from '../lib/api.js';
import { everyWebhook } from '../lib/all.js';
import { useLive } from '../lib/live.js';
import { useLoad } from '../lib/load.js';
import { place, url } from '../lib/router.js';
import { ofWebhook } from '../lib/states.js';
import { number, plural, t } from '../lib/text.js';
import { now } from '../lib/time.js';
import { troubles } from '../lib/trouble.js';
import { Icon } from '../ui/icons.js';
import { Empty, Failure, Loading } from '../ui/parts.js';
import { DeliveryList } from './deliveries.js';
import { Flow, Pulse } from './statistics.js';

const SHOWN = 8;

/** What is wrong now and where it is mended, and what happens. The more webhooks there are, the more seldom all are asked for. */
export function Overview() {
  const { query } = place.use();
  const found = useLoad(everyWebhook, [query.tenant]);
  const count = found.data?.webhooks.length ?? 0;
  useLive((line) => line.kind !== 'event' && line.fate !== 'delivered', found.reload, Math.max(2000, 20 * count));
  if (found.error && !found.data) return html`<div class="page"><h1>${t('Overview')}</h1><${Failure} error=${found.error} retry=${found.reload} /></div>`;
  if (!found.data) return html`<${Loading} />`;
  const { webhooks } = found.data;
  if (webhooks.length === 0) return html`<${Welcome} />`;
  return html`<div class="page">
    <div class="head"><div><h1>${t('Overview')}</h1><p>${t('What is wrong now, and what is happening.')}</p></div></div>
    <${Wrong} webhooks=${webhooks} />
    <${Sums} webhooks=${webhooks} />
    ${!me.get()?.eventTypes && html`<${Flow} />`}
    <section class="stack"><h2>${t('Latest deliveries')}</h2><${DeliveryList} webhooks=${webhooks} few /></section>
  </div>`;
}

function Wrong({ webhooks }) {
  const [all, show] = useState(false);
  const found = troubles(webhooks, now.use());
  if (found.length === 0) {
    return html`<div class="card well"><${Icon} name="check" /><div><b>${t('All is well')}</b><p class="soft">${t('Nothing fails, nothing is dead, nothing is behind.')}</p></div></div>`;
  }
  const shown = all ? found : found.slice(0, SHOWN);
  return html`<section class="card"><div class="title"><h2>${plural(found.length, '{n} thing is wrong', '{n} things are wrong')}</h2></div>
    <ul class="problems">${shown.map(({ key, look, text, more, path }) => html`<li key=${key} class="link"><a class="row" href=${url(path)}>
      <i class=${'spot ' + look}></i><span class="grow"><b class="alien">${text}</b>${more && html` <span class="soft alien">${more}</span>`}</span><${Icon} name="right" /></a></li>`)}</ul>
    ${found.length > shown.length && html`<div class="more"><button class="button small" onClick=${() => show(true)}>${t('Show all {n}', { n: found.length })}</button></div>`}</section>`;
}

function Sums({ webhooks }) {
  const sum = (of) => webhooks.reduce((all, webhook) => all + of(webhook), 0);
  const well = webhooks.filter((webhook) => ofWebhook(webhook).look === 'good').length;
  const bad = webhooks.filter((webhook) => ofWebhook(webhook).look === 'bad').length;
  return html`<div class="tiles">
    <a class="card tile" href=${url('/webhooks')}><span class="label">${t('Webhooks')}</span><span class="value">${number(webhooks.length)}</span>
      <small class="soft">${t('{good} deliver, {bad} in trouble', { good: number(well), bad: number(bad) })}</small></a>
    <a class="card tile" href=${url('/webhooks', { show: 'failing' })}><span class="label">${t('Waiting')}</span><span class="value">${number(sum(({ state }) => state.parked))}</span></a>
    <a class="card tile" href=${url('/dead-letters')}><span class="label">${t('Dead letters')}</span><span class="value">${number(sum(({ state }) => state.deadLetters))}</span></a>
    ${!me.get()?.eventTypes && html`<${Pulse} />`}
  </div>`;
}

/** In place of an overview of nothing: three steps to the first delivery. */
function Welcome() {
  const address = `${location.origin}/playground/demo`;
  const hasPlayground = me.get()?.playground;
  return html`<div class="page narrow"><div class="card"><${Empty} icon="webhook" title=${t('Welcome to Sluice')}>
    <p>${t('Events come in, and each webhook that wants one gets it, signed, until it is delivered. Three steps to see it:')}</p>
    <ol class="steps">
      <li><b>${t('Create a webhook')}</b><p>${hasPlayground ? t('To your own URL, or to the playground, which shows what arrives.') : t('To the URL that shall get events.')}</p>
        ${may('manage') && html`<span class="row"><a class="button primary" href=${url('/webhooks/new', hasPlayground ? { url: address } : {})}>${hasPlayground ? t('To the playground') : t('New webhook')}</a>
          ${hasPlayground && html`<a class="button" href=${url('/webhooks/new')}>${t('To my own URL')}</a>`}</span>`}</li>
      ${me.get()?.portal ? html`<li><b>${t('Send a test')}</b><p>${t('A sample of what you asked for, from the page of the webhook.')}</p></li>`
    : html`<li><b>${t('Send an event')}</b><p>${t('By the form, or from any program by POST /v1/events.')}</p></li>`}
      <li><b>${t('Watch it arrive')}</b><p>${t('With every attempt, and what to do where one fails.')}</p></li>
    </ol><//></div></div>`;
}
