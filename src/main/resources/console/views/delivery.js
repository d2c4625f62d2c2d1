import { html } from '../vendor/preact.js';
import { Problem, call, get, may, post } from '../lib/api.js';
import { curl } from '../lib/curl.js';
import { useLive } from '../lib/live.js';
import { useAction, useLoad } from '../lib/load.js';
import { url } from '../lib/router.js';
import { meaning, ofAttempt, ofDelivery, outcome } from '../lib/states.js';
import { t } from '../lib/text.js';
import { exact, span } from '../lib/time.js';
import { Body } from '../ui/code.js';
import { Drawer } from '../ui/dialogs.js';
import { Icon } from '../ui/icons.js';
import { Ago, Copy, Due, Facts, Failure, Loading, Note, State } from '../ui/parts.js';
import { Timing } from '../ui/timing.js';
import { say } from '../ui/toasts.js';
import { broken } from '../ui/words.js';
import { CameAndSent } from './sent.js';

/** A delivery beside the list: what was tried, what came of it, and what can be done. */
export function DeliveryDrawer({ id, close, changed }) {
  const found = useLoad((signal) => get(`/v1/deliveries/${id}`, {}, signal), [id]);
  const delivery = found.data;
  const webhook = useLoad((signal) => (delivery ? get(`/v1/webhooks/${delivery.webhook}`, { tenant: delivery.tenant }, signal).catch(() => null) : Promise.resolve(null)), [delivery?.webhook]);
  const event = useLoad((signal) => (delivery ? call('GET', `/v1/events/${delivery.event}`, { signal, exact: true }) : Promise.resolve(null)), [delivery?.event]);
  const retry = useAction(async () => {
    await post(`/v1/deliveries/${id}/retry`);
    say(t('It goes now'));
    found.reload();
    changed();
  });
  useLive((line) => line.delivery === id, found.reload);
  const title = delivery?.type ?? id;
  return html`<${Drawer} title=${title} close=${close} header=${html`
      <div class="grow stack tight"><h2>${title}</h2>${delivery && html`<div class="row"><${State} look=${ofDelivery(delivery).look}>${ofDelivery(delivery).word}<//>
        ${delivery.dueAt && html`<span class="soft">${t('next')} <${Due} at=${delivery.dueAt} /></span>`}</div>`}</div>
      <button class="button plain icon-only" aria-label=${t('Close')} title="Esc" onClick=${close}><${Icon} name="close" /></button>`}>
    ${found.loading && !delivery && html`<${Loading} />`}
    ${found.error instanceof Problem && found.error.status === 404 ? html`<${Note}><p>${t('Nothing is known of this delivery any more. Attempts are kept for a while only.')}</p><//>` : html`<${Failure} error=${found.error} retry=${found.reload} />`}
    ${delivery && html`
      <div class="row">
        ${may('manage') && html`<button class="button primary" disabled=${retry.busy || delivery.state === 'gone' || delivery.state === 'pending'} onClick=${retry.run}><${Icon} name="again" />${delivery.state === 'delivered' ? t('Send again') : t('Retry now')}</button>`}
        <${Copy} small=${false} text=${id} label=${t('Copy id')} />
        ${event.data && webhook.data && html`<${Copy} small=${false} text=${() => curl(again(webhook.data, event.data))} label=${t('Copy as curl')} />`}
      </div>
      <${Failure} error=${retry.error} />
      <${Facts} of=${[
    [t('Webhook'), html`<a href=${url(`/webhooks/${delivery.webhook}`)}>${webhook.data?.name ?? delivery.webhook}</a>`],
    [t('Event'), html`<a class="mono" href=${url(`/events/${delivery.event}`)}>${delivery.event}</a>`],
    [t('Delivery'), html`<code>${broken(delivery.id)}</code>`],
  ]} />
      <section class="stack"><h3>${t('Attempts')}</h3>
        ${delivery.history.length === 0 ? html`<p class="soft">${t('None yet, or none that is still kept.')}</p>`
    : html`<ol class="course">${delivery.history.map((note) => html`<${AttemptNote} note=${note} />`)}
        ${delivery.dueAt && html`<li><span class="dot"></span><span class="soft">${t('Next attempt')}: <${Due} at=${delivery.dueAt} /></span></li>`}</ol>`}</section>
      <${CameAndSent} event=${event} webhook=${webhook.data} />`}
  <//>`;
}

const again = (webhook, event) => ({
  url: webhook.url, body: JSON.stringify(event.data ?? event.dataBase64),
  headers: [{ name: 'content-type', value: 'application/json' }, { name: 'webhook-id', value: event.id }],
});

function AttemptNote({ note }) {
  const { look, word } = note.fate ? ofAttempt(note) : { look: note.status >= 200 && note.status < 300 ? 'good' : 'bad', word: '' };
  const hint = look === 'good' ? null : meaning(note);
  return html`<li><span class=${'dot ' + look}></span>
    <div class="row between"><span class="row"><b>${outcome(note) || word}</b>${note.number && html`<span class="soft">${t('Attempt {n}', { n: note.number })}</span>`}</span>
      <span class="soft small"><time datetime=${note.at} title=${exact(note.at)}><${Ago} at=${note.at} /></time>${note.durationMs !== undefined && ` · ${span(note.durationMs)}`}</span></div>
    ${note.detail && html`<p class="soft alien">${note.detail}</p>`}
    <${Timing} of=${note} />
    ${hint && html`<p class="small soft">${hint}</p>`}
    ${note.sentAgain && html`<p class="small soft">${t('Sent again at once on a new connection ({why}).', { why: note.sentAgain })}</p>`}
    ${note.retryAfter && html`<p class="small">${t('The receiver asked for a pause: {pause}', { pause: note.retryAfter })}</p>`}
    ${note.location && html`<p class="small">${t('It leads to {place}', { place: note.location })}</p>`}
    ${note.body && html`<${Body} title=${t('Answer')} text=${note.body} />`}
    ${note.bodyCut && html`<p class="small soft">${t('The answer was not read to its end.')}</p>`}
  </li>`;
}
