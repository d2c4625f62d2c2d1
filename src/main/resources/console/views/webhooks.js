import { html, useEffect, useState } from '../vendor/preact.js';
import { get, may, me, patch, post, remove } from '../lib/api.js';
import { useLive } from '../lib/live.js';
import { usePages } from '../lib/load.js';
import { alter, go, place, url } from '../lib/router.js';
import { useSparks } from '../lib/sparks.js';
import { ofWebhook, outcome, told } from '../lib/states.js';
import { number, plural, t } from '../lib/text.js';
import { Spark } from '../ui/chart.js';
import { confirm } from '../ui/dialogs.js';
import { Icon } from '../ui/icons.js';
import { Ago, Empty, Failure, Loading, Search, State } from '../ui/parts.js';
import { complain, say } from '../ui/toasts.js';

const page = async (cursor, query, signal) => {
  const found = await get('/v1/webhooks', { limit: 100, cursor, ...query }, signal);
  return { rows: found.webhooks, cursor: found.cursor };
};

const isBroken = (webhook) => ofWebhook(webhook).look === 'bad' || webhook.state.deadLetters > 0;

const fits = (webhook, { q, show }) =>
  (show !== 'failing' || isBroken(webhook)) &&
  (!q || [webhook.name, webhook.url, webhook.id, ...(webhook.eventTypes ?? [])].some((text) => text?.toLowerCase().includes(q.toLowerCase())));

export function Webhooks() {
  const { query } = place.use();
  const enabled = { on: true, off: false }[query.show];
  const list = usePages((cursor, signal) => page(cursor, { enabled }, signal), [enabled, query.tenant]);
  const [chosen, choose] = useState(new Set());
  const sparks = useSparks(list.rows.map(({ id }) => id), query.tenant);
  useLive((line) => line.kind !== 'event', () => list.rows.length <= 100 && list.reload());
  const isFiltered = query.q || query.show;
  const rows = list.rows.filter((webhook) => fits(webhook, query));
  useEffect(() => {
    if ((query.q || query.show === 'failing') && list.more) list.more();
  }, [query.q, query.show, list.rows.length]);

  const each = async (act, done) => {
    const failed = (await Promise.allSettled([...chosen].map(act))).filter((one) => one.status === 'rejected');
    if (failed.length) complain(failed[0].reason);
    else say(done);
    choose(new Set());
    list.reload();
  };

  return html`<div class="page">
    <div class="head">
      <div><h1>${t('Webhooks')}</h1><p>${t('Who gets which events.')}</p></div>
      ${may('manage') && (rows.length > 0 || isFiltered) && html`<a class="button primary" href=${url('/webhooks/new')}><${Icon} name="plus" />${t('New webhook')}</a>`}
    </div>
    <${Failure} error=${list.error} retry=${list.reload} />
    ${(list.rows.length > 0 || isFiltered) && html`<div class="filters">
      <${Search} value=${query.q ?? ''} placeholder=${t('Name, URL or event type')} onInput=${(q) => go(alter({ q }), { replace: true })} />
      <select aria-label=${t('Which')} value=${query.show ?? ''} onChange=${(event) => go(alter({ show: event.target.value }), { replace: true })}>
        <option value="">${t('All')}</option><option value="on">${t('Switched on')}</option>
        <option value="off">${t('Switched off')}</option><option value="failing">${t('In trouble')}</option>
      </select>
    </div>`}
    ${chosen.size > 0 && html`<${Chosen} size=${chosen.size} each=${each} />`}
    <div class="card list">
      ${list.loading && !list.data && html`<${Loading} />`}
      ${rows.length > 0 && html`<table>
        <thead><tr>${may('manage') && html`<th><input type="checkbox" aria-label=${t('All')} checked=${rows.every(({ id }) => chosen.has(id))}
          onChange=${(event) => choose(new Set(event.target.checked ? rows.map(({ id }) => id) : []))} /></th>`}
          <th>${t('Webhook')}</th><th>${t('Events')}</th><th>${t('State')}</th><th>${t('Last attempt')}</th>
          <th>${t('Last day')}</th><th class="number">${t('Waiting')}</th><th class="number">${t('Dead letters')}</th></tr></thead>
        <tbody>${rows.map((webhook) => html`<${Row} key=${webhook.id} webhook=${webhook} chosen=${chosen} choose=${choose} spark=${sparks.get(webhook.id)} />`)}</tbody>
      </table>`}
      ${!list.loading && !list.error && rows.length === 0 && (isFiltered ? html`<${Empty} icon="search" title=${t('Nothing like that')}>
        <p>${t('No webhook fits what you search for.')}</p><a class="button" href=${url('/webhooks')}>${t('Show all')}</a><//>` : html`<${First} />`)}
      ${list.more && !query.q && html`<div class="more"><button class="button small" onClick=${list.more}>${t('Show more')}</button></div>`}
    </div>
  </div>`;
}

const First = () => html`<${Empty} icon="webhook" title=${t('No webhooks yet')}>
  <p>${t('A webhook says where events go. Create one, send it a test, and see every delivery here.')}</p>
  ${may('manage') && html`<a class="button primary" href=${url('/webhooks/new')}><${Icon} name="plus" />${t('Create the first webhook')}</a>`}
  ${me.get()?.playground && html`<a class="small" href=${url('/playground/demo')}>${t('No receiver at hand? Take the playground.')}</a>`}
<//>`;

function Chosen({ size, each }) {
  const erase = async () => {
    const isMeant = await confirm({
      title: plural(size, 'Delete {n} webhook?', 'Delete {n} webhooks?'),
      text: t('What waits for them is cancelled. This cannot be undone.'), action: t('Delete'),
    });
    if (isMeant) each((id) => remove(`/v1/webhooks/${id}`), t('Deleted'));
  };
  return html`<div class="note"><div class="row between"><b>${plural(size, '{n} webhook chosen', '{n} webhooks chosen')}</b><span class="row">
    <button class="button small" onClick=${() => each((id) => patch(`/v1/webhooks/${id}`, { enabled: true }), t('Switched on'))}>${t('Switch on')}</button>
    <button class="button small" onClick=${() => each((id) => patch(`/v1/webhooks/${id}`, { enabled: false }), t('Switched off'))}>${t('Switch off')}</button>
    <button class="button small" onClick=${() => each((id) => post(`/v1/webhooks/${id}/pause`), t('Paused'))}>${t('Pause')}</button>
    <button class="button small" onClick=${() => each((id) => post(`/v1/webhooks/${id}/resume`), t('Resumed'))}>${t('Resume')}</button>
    <button class="button small danger" onClick=${erase}>${t('Delete')}</button></span></div></div>`;
}

function Row({ webhook, chosen, choose, spark }) {
  const { look, word } = ofWebhook(webhook);
  const { lastAttempt, parked, deadLetters } = webhook.state;
  const isTried = spark && [...spark.delivered, ...spark.failed].some((n) => n > 0);
  const toggle = () => {
    const next = new Set(chosen);
    if (!next.delete(webhook.id)) next.add(webhook.id);
    choose(next);
  };
  return html`<tr data-row aria-selected=${chosen.has(webhook.id)}>
    ${may('manage') && html`<td><input class="above" type="checkbox" aria-label=${t('Choose {name}', { name: webhook.name })} checked=${chosen.has(webhook.id)} onChange=${toggle} /></td>`}
    <td class="main-cell"><div class="two"><a data-open class="cut" href=${url(`/webhooks/${webhook.id}`)} title=${webhook.name}>${webhook.name}</a>
      <small class="faint cut" title=${webhook.url}>${webhook.url.replace(/^https?:\/\//, '')}</small></div></td>
    <td class="wide-only"><${Types} of=${webhook.eventTypes} most=${1} /></td>
    <td><${State} look=${look} title=${told(webhook.disabledReason ?? webhook.state.circuitReason)}>${word}<//></td>
    <td class=${'soft fixed when ' + (lastAttempt ? '' : 'none')}>${lastAttempt ? html`<span class="two" title=${outcome(lastAttempt)}><span><${Ago} at=${lastAttempt.at} /></span><small class="faint">${lastAttempt.status ?? outcome(lastAttempt)}</small></span>` : '–'}</td>
    <td class=${'fixed ' + (isTried ? '' : 'none')} data-label=${t('Last day')}><${Spark} of=${spark} /></td>
    <td class=${'number ' + (parked ? '' : 'none')} data-label=${t('Waiting')}>${number(parked)}</td>
    <td class=${'number ' + (deadLetters ? '' : 'none')} data-label=${t('Dead letters')}>${deadLetters ? html`<b>${number(deadLetters)}</b>` : 0}</td>
  </tr>`;
}

const isAll = (types) => !types || types.length === 0 || types.includes('**');

export function Types({ of, most = 2 }) {
  if (isAll(of)) return html`<span class="soft">${t('All')}</span>`;
  return html`<span class="tags">${of.slice(0, most).map((type) => html`<span class="tag" title=${type}>${type}</span>`)}
    ${of.length > most && html`<span class="tag" title=${of.slice(most).join('\n')}>+${of.length - most}</span>`}</span>`;
}
