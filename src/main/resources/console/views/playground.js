import { html, useEffect, useState } from '../vendor/preact.js';
import { call, get, may, remove } from '../lib/api.js';
import { useLoad } from '../lib/load.js';
import { go, url } from '../lib/router.js';
import { plural, t } from '../lib/text.js';
import { canVerify, verify } from '../lib/verify.js';
import { Segments } from '../form/field.js';
import { Body, Code } from '../ui/code.js';
import { Icon } from '../ui/icons.js';
import { Ago, Empty, Failure, Loading, State, Taken } from '../ui/parts.js';
import { complain } from '../ui/toasts.js';

const PAUSE = 1500;

const answers = {
  well: { status: 204 },
  fails: { status: 500 },
  limits: { status: 429, retryAfter: 10 },
  slow: { status: 200, delayMs: 8000 },
  silent: { silent: true },
};

const names = () => [['well', t('Well')], ['fails', '500'], ['limits', t('429, try later')], ['slow', t('After 8 s')], ['silent', t('Never')]];

const named = (answer) => Object.keys(answers).find((name) => Boolean(answers[name].silent) === answer.silent && (answer.silent || answers[name].status === answer.status)) ?? '';

/** A receiver to try webhooks with: what came, and what it shall answer. */
export function Playground({ name }) {
  const found = useRequests(name);
  const address = `${location.origin}/playground/${name}`;
  const keys = useLoad((signal) => keysFor(`/playground/${name}`, signal), [name, found.data?.requests.length > 0]);
  const act = async (action) => {
    try {
      await action();
    } catch (error) {
      complain(error);
    }
    found.reload();
  };
  if (found.error && !found.data) return html`<div class="page"><${Failure} error=${found.error} retry=${found.reload} /></div>`;
  if (!found.data) return html`<${Loading} />`;
  const { answer, requests } = found.data;
  return html`<div class="page">
    <div class="head"><div><h1>${t('Playground')}</h1><p>${t('A receiver to try webhooks with. It shows what comes, and answers as you say.')}</p></div>
      ${may('manage') && html`<a class="button primary" href=${url('/webhooks/new', { url: address })}><${Icon} name="plus" />${t('New webhook to it')}</a>`}</div>
    <div class="card"><div class="body">
      <div class="field"><span class="label">${t('Its URL')}</span><${Taken} text=${address} /></div>
      <div class="field"><span class="label">${t('It answers')}</span>
        <${Segments} name="answer" label=${t('It answers')} value=${named(answer)} of=${names()}
          set=${(word) => may('manage') && act(() => call('PUT', `/v1/playground/${name}`, { body: answers[word] }))} /></div>
    </div></div>
    <div class="row between"><h2>${t('Received')}</h2>${requests.length > 0 && may('manage') && html`<button class="button small" onClick=${() => act(() => remove(`/v1/playground/${name}`))}><${Icon} name="trash" />${t('Clear')}</button>`}</div>
    ${requests.length === 0 ? html`<div class="card"><${Empty} icon="event" title=${t('Nothing received yet')}><p>${t('Create a webhook with this URL, and send an event. It shows here at once.')}</p>
      ${may('admin') && html`<a class="button" href=${url('/events')}><${Icon} name="send" />${t('Send an event')}</a>`}<//></div>`
    : html`<div class="stack tight">${requests.map((request) => html`<${Request} key=${request.number} request=${request} keys=${keys.data} />`)}</div>`}
  </div>`;
}

/** Asked for again and again while somebody looks; only for what is new. */
function useRequests(name) {
  const [state, set] = useState({ of: name });
  const [round, again] = useState(0);
  useEffect(() => {
    let isOver = false;
    let timer;
    const ask = async (before) => {
      let next = before;
      try {
        const found = await get(`/v1/playground/${name}`, { after: before?.requests[0]?.number });
        next = { ...found, requests: [...found.requests, ...(before?.requests ?? [])].slice(0, 100) };
        if (!isOver) set({ of: name, data: next });
      } catch (error) {
        if (!isOver) set({ of: name, data: before, error });
      }
      if (!isOver) timer = setTimeout(() => (document.hidden ? wait(next) : ask(next)), PAUSE);
    };
    const wait = (before) => (timer = setTimeout(() => (document.hidden ? wait(before) : ask(before)), PAUSE));
    ask(null);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [name, round]);
  return { ...(state.of === name ? state : {}), reload: () => again((n) => n + 1) };
}

/** Of the webhooks that lead here. */
async function keysFor(path, signal) {
  if (!may('manage') || !canVerify()) return null;
  const { webhooks } = await get('/v1/webhooks', { limit: 500 }, signal);
  const ours = webhooks.filter(({ url: to, unreadable }) => !unreadable && to.endsWith(path)).slice(0, 5);
  const all = await Promise.all(ours.map(({ id }) => get(`/v1/webhooks/${id}/secret`, {}, signal)));
  return all.flatMap(({ key, previous }) => [key, ...previous.map((one) => one.key)]);
}

function Request({ request, keys }) {
  const [isTrue, set] = useState(null);
  useEffect(() => {
    if (keys && !request.cut) verify(request, keys).then(set);
  }, [keys, request]);
  const of = (name) => request.headers.find((header) => header.name.toLowerCase() === name)?.value;
  const attempt = of('sluice-attempt');
  return html`<details class="card fold"><summary><${Icon} name="right" />
      <span class="alien cut">${type(request) ?? of('content-type') ?? t('A request')}</span>
      ${attempt > 1 && html`<span class="tag">${t('Attempt {n}', { n: attempt })}</span>`}
      ${isTrue !== null && html`<${State} look=${isTrue ? '' : 'bad'}>${isTrue ? t('Signature is right') : t('Signature is of no webhook here')}<//>`}
      <small>${request.status ? request.status : t('no answer')} · <${Ago} at=${request.at} /></small></summary>
    <div class="body">
      <${Body} title=${plural(request.length, '{n} byte', '{n} bytes')} text=${request.body ?? request.bodyBase64} />
      ${request.cut && html`<p class="soft small">${t('Only the beginning is kept, so the signature cannot be checked.')}</p>`}
      <${Code} title=${t('Headers')} text=${request.headers.map(({ name, value }) => `${name}: ${value}`).join('\n')} />
    </div></details>`;
}

function type({ body }) {
  try {
    const found = JSON.parse(body);
    return typeof found.type === 'string' ? found.type : typeof found.event === 'string' ? found.event : null;
  } catch {
    return null;
  }
}

/** Without a name there is one all the same. */
export function AnyPlayground() {
  useEffect(() => go(url('/playground/demo'), { replace: true }), []);
  return html`<${Loading} />`;
}
