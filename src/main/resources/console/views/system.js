import { html, useEffect } from '../vendor/preact.js';
import { get } from '../lib/api.js';
import { useLoad } from '../lib/load.js';
import { number, percent, plural, t } from '../lib/text.js';
import { bytes } from '../lib/bytes.js';
import { exact, relative, span } from '../lib/time.js';
import { Failure, Facts, Loading, Note, State } from '../ui/parts.js';
import { Partitions } from './partitions.js';

/** Pods write a card every two seconds. */
const EVERY = 4000;

/** Who works here, and where the events are kept. */
export function System() {
  const pods = useLoad((signal) => get('/v1/pods', {}, signal).then((found) => found.pods), []);
  const redis = useLoad((signal) => get('/v1/redis', {}, signal), []);
  const partitions = useLoad((signal) => get('/v1/journal/lags', {}, signal).then((found) => found.partitions), []);
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.hidden) return;
      pods.reload();
      redis.reload();
      partitions.reload();
    }, EVERY);
    return () => clearInterval(timer);
  }, []);
  const versions = new Set((pods.data ?? []).filter(({ state }) => state !== 'gone').map(({ version }) => version));
  const serving = (pods.data ?? []).filter(({ state }) => state === 'serving').length;
  const isAway = redis.data && !redis.data.fit; // which its card says, once for all that is asked of it
  return html`<div class="page">
    <div class="head"><div><h1>${t('Pods and Redis')}</h1><p>${t('Who works here, and where the events are kept.')}</p></div></div>
    <${Failure} error=${redis.error} retry=${redis.reload} />
    <${RedisCard} found=${redis} />
    ${!(isAway && !pods.data) && html`<${Failure} error=${pods.error} retry=${pods.reload} />`}
    ${versions.size > 1 && html`<${Note} look="wait"><p>${t('Pods of several versions work together: {versions}. That is well while they are being replaced.', { versions: [...versions].sort().join(', ') })}</p><//>`}
    ${(pods.data || pods.loading) && html`<div class="card list"><div class="title"><h2>${t('Pods')}</h2>${pods.data && html`<span class="soft small">${plural(serving, '{n} in service', '{n} in service')}</span>`}</div>
      ${!pods.data && pods.loading && html`<${Loading} />`}
      ${pods.data && html`<table><thead><tr><th>${t('State')}</th><th>${t('Pod')}</th><th>${t('Roles')}</th><th>${t('Memory')}</th><th class="number">${t('Event loops')}</th><th>${t('Started')}</th></tr></thead>
        <tbody>${pods.data.map((pod) => html`<${PodRow} key=${pod.name} pod=${pod} />`)}</tbody></table>`}</div>`}
    ${!(isAway && !partitions.data) && html`<${Partitions} found=${partitions} />`}
    <p class="small soft">${t('Redis is shown as the pod sees it that answers. Memory of a pod is that of its Java heap. Pods are shown until an hour after they were heard of last.')}</p>
  </div>`;
}

function PodRow({ pod }) {
  const look = { serving: '', draining: 'wait', gone: 'bad' }[pod.state];
  const word = { serving: t('In service'), draining: t('Ends its work'), gone: t('Gone') }[pod.state];
  const isGone = pod.state === 'gone';
  return html`<tr data-row><td class="fixed"><${State} look=${look} title=${isGone ? t('It said nothing for {time}', { time: span(pod.seenMs) }) : undefined}>${word}<//></td>
    <td class="main-cell"><div class="two"><span class="cut" title=${pod.name}>${pod.name}</span><small class="faint cut">${isGone ? t('It said nothing for {time}', { time: span(pod.seenMs) }) : t('Version {version}', { version: pod.version })}${pod.troubles.length > 0 && ` · ${pod.troubles.join('; ')}`}</small></div></td>
    <td><span class="tags">${pod.roles.map((role) => html`<span class="tag">${role}</span>`)}</span></td>
    <td>${isGone ? '–' : html`<${Share} used=${pod.heapUsedBytes} of=${pod.heapMaxBytes} />`}</td>
    <td class="number" data-label=${t('Event loops')}>${number(pod.eventLoops)}</td>
    <td class="soft fixed" data-label=${t('Started')} title=${exact(pod.startedAt)}>${relative(pod.startedAt)}</td></tr>`;
}

/** That nobody answers is one word in the reader's language, whichever connection noticed it. */
const told = (why) => (/^Redis does not answer(: Redis does not answer)?( \(\w+\))?$/.test(why) ? t('Redis does not answer.') : why);

/** How much of what there may be is taken; red where little is left. */
function Share({ used, of }) {
  if (!of) return html`<span>${bytes(used)}</span>`;
  const share = used / of;
  return html`<span class="share" title=${percent(share)}><span class="track"><i class=${share > 0.9 ? 'bad' : share > 0.75 ? 'wait' : 'go'} style=${{ width: `${Math.min(100, 100 * share)}%` }}></i></span>
    <small class="soft">${t('{used} of {all}', { used: bytes(used), all: bytes(of) })}</small></span>`;
}

function RedisCard({ found }) {
  const redis = found.data;
  if (!redis) return found.loading && html`<${Loading} />`;
  const form = { alone: t('One server'), sentinel: t('One master, watched by Sentinels'), cluster: t('A cluster') }[redis.form] ?? redis.form;
  return html`<section class="card"><div class="title"><h2>Redis</h2><${State} look=${redis.fit ? (redis.reasons.length ? 'wait' : '') : 'bad'}>${redis.fit ? (redis.reasons.length ? t('A part is away') : t('Holds what is promised')) : t('Events are refused')}<//></div>
    <div class="body">
      ${redis.reasons.map((reason) => html`<${Note} look=${redis.fit ? 'wait' : 'bad'}><p class="alien">${told(reason)}</p><//>`)}
      <p class="soft">${form}</p>
      <div class="columns">${redis.servers.map((server) => html`<${Server} server=${server} />`)}</div>
      ${redis.servers.length === 0 && html`<${Note} look="bad"><p>${t('No server answers.')}</p><//>`}
    </div></section>`;
}

function Server({ server }) {
  const { replicas = [] } = server;
  if (server.away) return html`<div class="stack tight"><b>${server.name || t('The server')}</b><${State} look="bad">${t('Away')}<//>${told(server.away) === server.away && html`<p class="small soft alien">${server.away}</p>`}</div>`;
  return html`<div class="stack tight">${server.name && html`<b class="mono">${server.name}</b>`}
    <${Facts} of=${[[t('Version'), server.version], [t('Role'), server.role], [t('Memory'), html`<${Share} used=${server.memoryBytes} of=${server.memoryLimitBytes} />`],
    [t('Connections'), number(server.clients)], [t('Runs for'), span(server.uptimeMs)],
    [t('Replicas'), replicas.length === 0 ? t('None') : html`<ul>${replicas.map(({ address, state, behindBytes }) => html`<li><code>${address}</code> <span class="soft">${state}${behindBytes > 0 && `, ${t('{n} behind', { n: bytes(behindBytes) })}`}</span></li>`)}</ul>`]]} /></div>`;
}
