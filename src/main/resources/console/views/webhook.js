import { html } from '../vendor/preact.js';
import { Problem, get, may, patch, post, remove } from '../lib/api.js';
import { useLive } from '../lib/live.js';
import { useLoad } from '../lib/load.js';
import { alter, go, place, url } from '../lib/router.js';
import { ofAttempt, ofWebhook, outcome, told } from '../lib/states.js';
import { number, percent, plural, t } from '../lib/text.js';
import { span } from '../lib/time.js';
import { confirm } from '../ui/dialogs.js';
import { Icon } from '../ui/icons.js';
import { Ago, Bars, Copy, Empty, Failure, Loading, Menu, Note, State, Tabs } from '../ui/parts.js';
import { complain, say } from '../ui/toasts.js';
import { broken } from '../ui/words.js';
import { DeadLetterList } from './dead-letters.js';
import { DeliveryList } from './deliveries.js';
import { Problems } from './problems.js';
import { Replay } from './replay.js';
import { Secret } from './secret.js';
import { WebhookStatistics } from './statistics.js';
import { WebhookSettings } from './webhook-settings.js';
import { WebhookTest } from './webhook-test.js';

/** The home of a webhook. */
export function WebhookPage({ id, tab }) {
  const { query } = place.use();
  const found = useLoad((signal) => get(`/v1/webhooks/${id}`, {}, signal), [id]);
  const attempts = useLoad((signal) => get(`/v1/webhooks/${id}/attempts`, { limit: 200 }, signal).then((page) => page.attempts), [id]);
  const webhook = found.data;
  const reload = () => {
    found.reload();
    attempts.reload();
  };
  useLive((line) => line.webhook === id, reload);
  if (!webhook) {
    if (found.error instanceof Problem && found.error.status === 404) {
      return html`<div class="page"><div class="card"><${Empty} icon="webhook" title=${t('There is no such webhook')}>
        <p>${t('It was deleted, or belongs to another tenant.')}</p><a class="button" href=${url('/webhooks')}>${t('All webhooks')}</a><//></div></div>`;
    }
    return found.error ? html`<div class="page"><${Failure} error=${found.error} retry=${found.reload} /></div>` : html`<${Loading} />`;
  }
  if (!attempts.data && !attempts.error) return html`<${Loading} />`; // what is below would be pushed away
  return html`<div class="page">
    <${Head} webhook=${webhook} reload=${reload} />
    ${query.made && html`<${Secret} webhook=${webhook} close=${() => go(alter({ made: null }), { replace: true })} />`}
    <${Why} webhook=${webhook} attempts=${attempts.data} />
    <${Tiles} webhook=${webhook} attempts=${attempts.data ?? []} />
    ${!tab && html`<${Problems} webhook=${webhook} attempts=${attempts.data ?? []} changed=${reload} />`}
    <${Tabs} label=${t('Of this webhook')} at=${`/webhooks/${id}`} tab=${tab} of=${tabs(webhook)} />
    ${!tab && html`<${DeliveryList} webhook=${webhook} />`}
    ${tab === 'statistics' && html`<${WebhookStatistics} webhook=${webhook} />`}
    ${tab === 'dead-letters' && html`<${DeadLetterList} webhook=${webhook} changed=${reload} />`}
    ${tab === 'test' && html`<${WebhookTest} webhook=${webhook} />`}
    ${tab === 'replay' && html`<${Replay} webhook=${webhook} />`}
    ${tab === 'settings' && html`<${WebhookSettings} webhook=${webhook} reload=${reload} />`}
  </div>`;
}

function Head({ webhook, reload }) {
  const { look, word } = ofWebhook(webhook);
  const act = async (action, done) => {
    try {
      await action();
      say(done);
    } catch (error) {
      complain(error);
    }
    reload();
  };
  const at = `/v1/webhooks/${webhook.id}`;
  const erase = async () => {
    const isMeant = await confirm({
      title: t('Delete “{name}”?', { name: webhook.name }), action: t('Delete'),
      text: webhook.state.parked ? plural(webhook.state.parked, '{n} delivery that waits is cancelled. This cannot be undone.', '{n} deliveries that wait are cancelled. This cannot be undone.') : t('This cannot be undone.'),
    });
    if (!isMeant) return;
    try {
      await remove(at);
      say(t('Deleted'));
      go(url('/webhooks'));
    } catch (error) {
      complain(error);
    }
  };
  return html`<div class="stack tight"><a class="small soft" href=${url('/webhooks')}>${t('Webhooks')}</a><div class="head">
    <div><div class="row"><h1 class="alien">${webhook.name}</h1><${State} look=${look}>${word}<//></div>
      <p class="row alien"><span class="mono">${broken(webhook.url)}</span><${Copy} text=${webhook.url} /></p></div>
    ${may('manage') && html`<div class="row">
      <label class="row"><input class="switch" type="checkbox" role="switch" checked=${webhook.enabled}
        onChange=${(event) => act(() => patch(at, { enabled: event.target.checked }), event.target.checked ? t('Switched on') : t('Switched off'))} />${webhook.enabled ? t('On') : t('Off')}</label>
      <a class="button" href=${url(`/webhooks/${webhook.id}/test`)}><${Icon} name="send" />${t('Send a test')}</a>
      <${Menu} label=${t('More')}>
        <a href=${url(`/webhooks/${webhook.id}/edit`)}><${Icon} name="edit" />${t('Change')}</a>
        ${webhook.paused ? html`<button onClick=${() => act(() => post(at + '/resume'), t('Resumed'))}><${Icon} name="play" />${t('Resume')}</button>`
    : html`<button onClick=${() => act(() => post(at + '/pause'), t('Paused'))}><${Icon} name="pause" />${t('Pause')}</button>`}
        <button onClick=${() => navigator.clipboard?.writeText(webhook.id).then(() => say(t('Copied')))}><${Icon} name="copy" />${t('Copy id')}</button>
        <button class="danger" onClick=${erase}><${Icon} name="trash" />${t('Delete')}</button>
      <//></div>`}
  </div></div>`;
}

/** Why it is as it is, and what to do; nothing where all is well. */
function Why({ webhook, attempts }) {
  const { circuit, circuitReason, circuitSince, failingSince, parked, pace } = webhook.state;
  const last = attempts?.find(({ fate }) => fate !== 'delivered');
  const notes = [];
  if (webhook.unreadable) notes.push(['bad', t('Its stored form cannot be read: {why}', { why: webhook.unreadable })]);
  if (webhook.disabledReason) notes.push(['bad', t('Sluice switched it off: {why}', { why: told(webhook.disabledReason) })]);
  else if (!webhook.enabled) notes.push(['', t('It is off and gets no events. What it got before waits.')]);
  if (webhook.paused) notes.push(['wait', plural(parked, 'It is paused: {n} delivery waits until you resume it.', 'It is paused: {n} deliveries wait until you resume it.')]);
  if (circuit === 'open' && webhook.enabled) notes.push(['bad', html`${t('So many attempts failed that it is left alone for a while; then one is tried.')} ${circuitReason && html`<span class="soft">${t('Why')}: ${told(circuitReason)}</span>`} ${circuitSince && html`<span class="soft">(<${Ago} at=${circuitSince} />)</span>`}`]);
  else if (failingSince && webhook.enabled) notes.push(['bad', html`${t('Nothing was delivered since')} <${Ago} at=${failingSince} />${last && html`: <b>${outcome(last)}</b>`}. ${t('It goes on trying.')}`]);
  if (pace) notes.push(['wait', t('The receiver refuses more than {n} requests a second. Sluice keeps to it.', { n: number(Math.round(pace.perSecond * 10) / 10) })]);
  for (const { detail } of webhook.warnings ?? []) notes.push(['wait', detail]);
  return notes.length > 0 && html`<div class="stack tight">${notes.map(([look, text]) => html`<${Note} look=${look}><p>${text}</p><//>`)}</div>`;
}

function Tiles({ webhook, attempts }) {
  const { parked, deadLetters, lastAttempt } = webhook.state;
  const tried = attempts.filter(({ number }) => number !== undefined);
  const good = tried.filter(({ fate }) => fate === 'delivered').length;
  const looks = tried.slice(0, 24).map((attempt) => ofAttempt(attempt).look).reverse();
  const times = tried.map(({ durationMs }) => durationMs).filter((ms) => ms !== undefined).sort((a, b) => a - b);
  const median = times.length ? times[Math.floor(times.length / 2)] : null;
  return html`<div class="tiles">
    <div class="card tile"><span class="label">${t('Last attempts')}</span>
      ${tried.length ? html`<span class="row between"><span class="value">${percent(good / tried.length)}</span><${Bars} looks=${looks} title=${t('{good} of the last {all} attempts were delivered', { good, all: tried.length })} /></span>` : html`<span class="value faint">–</span>`}</div>
    <div class="card tile"><span class="label">${t('Last attempt')}</span><span class="value">${lastAttempt ? html`<${Ago} at=${lastAttempt.at} />` : html`<span class="faint">–</span>`}</span>
      ${lastAttempt && html`<small class="soft">${outcome(lastAttempt)}</small>`}</div>
    <div class="card tile"><span class="label">${t('Usual time')}</span><span class="value">${median === null ? html`<span class="faint">–</span>` : span(median)}</span></div>
    <a class="card tile" href=${url(`/webhooks/${webhook.id}`, { state: 'waiting' })}><span class="label">${t('Waiting')}</span><span class="value">${number(parked)}</span></a>
    <a class="card tile" href=${url(`/webhooks/${webhook.id}/dead-letters`)}><span class="label">${t('Dead letters')}</span><span class="value">${number(deadLetters)}</span></a>
  </div>`;
}

function tabs({ state }) {
  return [['', t('Deliveries')], ['/statistics', t('Statistics')], ['/dead-letters', t('Dead letters'), state.deadLetters], ...(may('manage') ? [['/test', t('Test')]] : []), ['/replay', t('Replay')], ['/settings', t('Settings')]];
}
