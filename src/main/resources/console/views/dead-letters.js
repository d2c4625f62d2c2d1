import { html, useState } from '../vendor/preact.js';
import { get, may, post, remove } from '../lib/api.js';
import { everyWebhook } from '../lib/all.js';
import { each } from '../lib/each.js';
import { useLoad, usePages } from '../lib/load.js';
import { alter, go, place } from '../lib/router.js';
import { told } from '../lib/states.js';
import { number, plural, t } from '../lib/text.js';
import { confirm } from '../ui/dialogs.js';
import { Icon } from '../ui/icons.js';
import { useNews } from '../ui/live.js';
import { Ago, Empty, Failure, Loading } from '../ui/parts.js';
import { complain, say } from '../ui/toasts.js';
import { DeliveryDrawer } from './delivery.js';

export function DeadLetters() {
  const { query } = place.use();
  const webhooks = useLoad((signal) => everyWebhook(signal).then((found) => found.webhooks), [query.tenant]);
  const dying = (webhooks.data ?? []).filter(({ id, state }) => state.deadLetters > 0 || id === query.webhook);
  const chosen = dying.find(({ id }) => id === query.webhook);
  return html`<div class="page">
    <div class="head"><div><h1>${t('Dead letters')}</h1><p>${t('Deliveries that are not tried again unless you ask for it.')}</p></div></div>
    <${Failure} error=${webhooks.error} retry=${webhooks.reload} />
    ${webhooks.loading && !webhooks.data && html`<${Loading} />`}
    ${webhooks.data && html`
      ${dying.length > 0 && html`<div class="filters"><select aria-label=${t('Webhook')} value=${query.webhook ?? ''} onChange=${(event) => go(alter({ webhook: event.target.value }), { replace: true })}>
        <option value="">${t('All webhooks')}</option>${dying.map(({ id, name, state }) => html`<option value=${id}>${name} (${number(state.deadLetters)})</option>`)}</select></div>`}
      <${DeadLetterList} key=${query.webhook} webhook=${chosen} webhooks=${webhooks.data} changed=${webhooks.reload} />`}
  </div>`;
}

/** @param webhooks for their names; none on the page of a webhook */
export function DeadLetterList({ webhook, webhooks, changed }) {
  const { query } = place.use();
  const [chosen, choose] = useState(new Set());
  const list = usePages(async (cursor, signal) => {
    const found = await get('/v1/dead-letters', { webhook: webhook?.id, limit: 50, cursor }, signal);
    return { rows: found.deadLetters, cursor: found.cursor };
  }, [webhook?.id, query.tenant]);
  const news = useNews(list, (line) => line.fate === 'dead' && (!webhook || line.webhook === webhook.id));
  const reload = () => {
    choose(new Set());
    list.reload();
    changed();
  };
  const all = list.rows.map(({ id }) => id);
  const toggle = (id) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    choose(next);
  };
  const nameOf = (id) => webhooks?.find((one) => one.id === id)?.name ?? id;
  return html`<div class="stack">
    <${Failure} error=${list.error} retry=${list.reload} />
    ${may('manage') && list.rows.length > 0 && html`<${Actions} webhook=${webhook} chosen=${chosen} reload=${reload} />`}
    ${news.count > 0 && html`<div><button class="button small primary" onClick=${news.show}>${plural(news.count, '{n} new', '{n} new')}</button></div>`}
    <div class="card list">
      ${list.loading && !list.data && html`<${Loading} />`}
      ${list.rows.length > 0 && html`<table>
        <thead><tr>${may('manage') && html`<th><input type="checkbox" aria-label=${t('All')} checked=${all.every((id) => chosen.has(id))} onChange=${(event) => choose(new Set(event.target.checked ? all : []))} /></th>`}
          <th>${t('Event')}</th>${webhooks && html`<th>${t('Webhook')}</th>`}<th>${t('Why')}</th><th class="number">${t('Attempts')}</th><th>${t('Died')}</th></tr></thead>
        <tbody>${list.rows.map((letter) => html`<tr key=${letter.id} data-row aria-selected=${chosen.has(letter.id)}>
          ${may('manage') && html`<td><input class="above" type="checkbox" aria-label=${t('Choose {name}', { name: letter.type })} checked=${chosen.has(letter.id)} onChange=${() => toggle(letter.id)} /></td>`}
          <td class="main-cell slim"><div class="two"><a data-open class="alien" href=${alter({ delivery: letter.id })}>${letter.type}</a><small class="faint mono cut">${letter.event}</small></div></td>
          ${webhooks && html`<td class="alien" data-label="→">${nameOf(letter.webhook)}</td>`}
          <td class="alien">${told(letter.lastOutcome)}</td><td class=${'number ' + (letter.attempts > 1 ? '' : 'none')} data-label=${t('Attempts')}>${letter.attempts}</td><td class="fixed soft when"><${Ago} at=${letter.diedAt} /></td></tr>`)}</tbody></table>`}
      ${!list.loading && !list.error && list.rows.length === 0 && html`<${Empty} icon="check" title=${t('No dead letters')}><p>${t('Everything was delivered, or is still tried.')}</p><//>`}
      ${list.more && html`<div class="more"><button class="button small" onClick=${list.more}>${t('Show more')}</button></div>`}
    </div>
    ${query.delivery && html`<${DeliveryDrawer} key=${query.delivery} id=${query.delivery} close=${() => go(alter({ delivery: null }))} changed=${reload} />`}
  </div>`;
}

/** For those that are chosen; or for all of the webhook, where one is shown. */
function Actions({ webhook, chosen, reload }) {
  const chosenEach = async (act, done) => {
    const failed = await each(done, [...chosen], act);
    if (failed) complain(failed);
    else say(done);
    reload();
  };
  const whole = async (act, done) => {
    try {
      const { count: n } = await post(`/v1/dead-letters/${act}`, { webhook: webhook.id });
      say(done(n));
    } catch (error) {
      complain(error);
    }
    reload();
  };
  const purge = async () => {
    const n = chosen.size || webhook.state.deadLetters;
    const isMeant = await confirm({
      title: plural(n, 'Delete {n} dead letter?', 'Delete {n} dead letters?'), action: t('Delete'), text: t('They are gone then, and cannot be delivered any more.'),
    });
    if (!isMeant) return;
    if (chosen.size) chosenEach((id) => remove(`/v1/dead-letters/${id}`), t('Deleted'));
    else whole('purge', (gone) => plural(gone, '{n} deleted', '{n} deleted'));
  };
  if (!chosen.size && !webhook) return html`<p class="soft small">${t('Choose some of them, or a webhook to act on all of its dead letters.')}</p>`;
  const retry = () => (chosen.size ? chosenEach((id) => post(`/v1/dead-letters/${id}/retry`), t('They go now')) : whole('retry', (n) => plural(n, '{n} goes now', '{n} go now')));
  return html`<div class="row">
    <button class="button primary" onClick=${retry}><${Icon} name="again" />${chosen.size ? plural(chosen.size, 'Retry {n}', 'Retry {n}') : t('Retry all')}</button>
    <button class="button danger" onClick=${purge}><${Icon} name="trash" />${chosen.size ? plural(chosen.size, 'Delete {n}', 'Delete {n}') : t('Delete all')}</button></div>`;
}
