import { html, useEffect, useRef, useState } from '../vendor/preact.js';
import { get, lost, may, me } from '../lib/api.js';
import { useLive } from '../lib/live.js';
import { useLoad } from '../lib/load.js';
import { url } from '../lib/router.js';
import { quoted, t } from '../lib/text.js';
import { Icon } from '../ui/icons.js';
import { Ago, Note, State } from '../ui/parts.js';
import { SourceSecret, hasSecret } from './source-secret.js';

/** What comes in is counted once a second. */
const EVERY = 2000;
/** Nobody who sets up a system sits in front of it for longer; then it is asked more seldom. */
const PATIENCE = 10 * 60_000;

/** Whether anything of this source was taken in, or kept out by its own rules. */
export const hasCome = ({ types = [], others = 0 } = {}) => others > 0 || types.some(({ count, dropped }) => count + dropped > 0);

/** Waits for the first request of a source: it comes in, or is refused, and why. @param came is told when it did */
export function FirstRequest({ source, came }) {
  const isLost = lost.use();
  const [event, hear] = useState(null);
  const began = useRef(Date.now());
  const found = useLoad(async (signal) => {
    const [{ seen }, { refused }] = await Promise.all([get(`/v1/sources/${source.name}`, {}, signal), get(`/v1/sources/${source.name}/refused`, {}, signal)]);
    return { seen, refused };
  }, [source.name]);
  useLive((line) => line.kind === 'event' && line.source === source.name, ([line]) => hear((first) => first ?? line), 0);
  const isHere = Boolean(event) || hasCome(found.data?.seen);
  useEffect(() => {
    if (isHere) {
      came();
      return undefined;
    }
    const timer = setTimeout(() => document.hidden || found.reload(), Date.now() - began.current < PATIENCE ? EVERY : 10 * EVERY);
    return () => clearTimeout(timer);
  }, [isHere, found.data, found.error]);
  const wake = useRef();
  wake.current = found.reload;
  useEffect(() => {
    const look = () => document.hidden || wake.current();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  if (isHere) return html`<${Came} source=${source} event=${event} seen=${found.data?.seen} />`;
  const [last] = found.data?.refused ?? [];
  return html`<section class="card" aria-live="polite"><div class="title"><h2>${t('Waiting for the first request')}</h2>${!isLost && html`<${State} look="go">${t('Listening')}<//>`}</div><div class="body">
    ${last ? html`<${Knocked} key=${last.at} source=${source} request=${last} />` : html`<p class="soft">${t('Follow the steps above. What comes in shows here within a few seconds, accepted or refused.')}</p>`}</div></section>`;
}

function Came({ source, event, seen }) {
  const [type] = (seen?.types ?? []).filter(({ count, dropped }) => count + dropped > 0);
  const name = event?.type ?? type?.type;
  const isDropped = !event && type && type.count === 0;
  const receiver = me.get()?.playground ? { url: `${location.origin}/playground/${source.name}` } : {};
  return html`<${Note} look=${isDropped ? 'wait' : 'good'}><div class="stack tight" role="status"><p><b>${isDropped ? t('It came in, and a rule of the source keeps it from being stored.') : t('It works: the first request came in.')}</b>${name && html` <span class="tag">${name}</span>`}</p>
    <div class="row">${event && html`<a class="button small" href=${url(`/events/${encodeURIComponent(event.id)}`)}><${Icon} name="event" />${t('See it, and who got it')}</a>`}
      ${may('manage') && html`<a class="button small" href=${url('/webhooks/new', { source: source.name, event: event?.id, type: event?.type, ...receiver })}><${Icon} name="plus" />${t('Create a webhook for it')}</a>`}</div>
    <p class="soft small">${t('What was received before a webhook is created does not go to it by itself. Replay, on the page of the webhook, sends it. What the system sends again (GitHub: Redeliver) has the same id, so it counts as a duplicate for 10 minutes (journal.idempotencyWindow) and goes nowhere.')}</p></div><//>`;
}

/** The commonest is another secret than the system has, so it can be put right here. */
function Knocked({ source, request }) {
  return html`<${Note} look="bad"><p><b>${t('A request came and was refused')}</b> (${request.status}, <${Ago} at=${request.at} />)</p><p class="alien">${quoted(request.reason)}</p>
      <p><a href=${url(`/sources/${source.name}/refused`)}>${t('See what it sent')}</a></p><//>
    ${may('manage') && hasSecret(source) && [401, 403].includes(request.status) && html`<${SourceSecret} source=${source} hint=${t('If the system has another secret than the one entered here.')} />`}`;
}
