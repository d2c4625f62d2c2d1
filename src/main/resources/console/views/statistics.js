import { html } from '../vendor/preact.js';
import { get } from '../lib/api.js';
import { useLive } from '../lib/live.js';
import { useLoad } from '../lib/load.js';
import { alter, go, place } from '../lib/router.js';
import { outcome } from '../lib/states.js';
import { number, percent, t } from '../lib/text.js';
import { span } from '../lib/time.js';
import { Segments } from '../form/field.js';
import { Counts, Lengths, Shares } from '../ui/chart.js';
import { LiveMark } from '../ui/live.js';
import { Bars, Empty, Failure, Loading } from '../ui/parts.js';

/** Counts are written every five seconds. */
const PAUSE = 6000;

/** Answers are shown by themselves up to so many; others are one. */
const MOST_ANSWERS = 12;

const outcomes = () => [
  { name: t('delivered'), look: 'good', of: (point) => point.delivered },
  { name: t('not yet'), look: 'wait', of: (point) => point.refused },
  { name: t('failed'), look: 'bad', of: (point) => point.failed },
  { name: t('dead'), look: 'dead', of: (point) => point.dead },
];

function useStatistics(path, period, wants) {
  const { query } = place.use();
  const found = useLoad((signal) => get(path, { period }, signal), [path, period, query.tenant]);
  useLive(wants, found.reload, PAUSE);
  return found;
}

export function WebhookStatistics({ webhook }) {
  const found = useStatistics(`/v1/webhooks/${webhook.id}/statistics`, place.use().query.period, (line) => line.webhook === webhook.id && line.kind === 'attempt');
  if (found.error && !found.data) return html`<${Failure} error=${found.error} retry=${found.reload} />`;
  if (!found.data) return html`<${Loading} />`;
  const { points, stepMs, total } = found.data;
  return html`<div class="stack">
    <div class="row between"><${Share} total=${total} /><${PeriodChoice} /></div>
    ${total.attempts + total.dead === 0 ? html`<div class="card"><${Empty} icon="overview" title=${t('Nothing in this time')}><p>${t('No attempt was made. What happens shows here after a few seconds.')}</p><//></div>`
    : html`<div class="card"><div class="body"><${Counts} title=${t('Attempts')} points=${points} stepMs=${stepMs} parts=${outcomes()} /></div></div>
      <div class="card"><div class="body"><${Lengths} title=${t('How long answers took')} points=${points} stepMs=${stepMs} total=${total} /></div></div>
      <div class="columns">
        <div class="card"><div class="title"><h2>${t('Answers')}</h2></div><div class="body"><${Shares} of=${answers(total)} /></div></div>
        <div class="card"><div class="title"><h2>${t('By number of the attempt')}</h2></div><div class="body"><${Shares} of=${tries(total)} />
          ${total.arrivalMs && html`<p class="small soft">${t('From accepted to delivered: half within {half}, 99% within {most}.', { half: span(total.arrivalMs.p50), most: span(total.arrivalMs.p99) })}</p>`}</div></div>
      </div>`}
    <p class="small soft">${t('It is counted every five seconds, with very many webhooks once a minute. What happened while Redis was away is missing. Times are rounded up, by 40% at most.')}</p>
  </div>`;
}

/** Of the tenant: what came in and what went out. */
export function Flow() {
  const found = useStatistics('/v1/statistics', place.use().query.period, () => true);
  if (!found.data) return found.error ? html`<${Failure} error=${found.error} retry=${found.reload} />` : html`<section class="card flow"><${Loading} /></section>`;
  const { points, stepMs, total } = found.data;
  return html`<section class="card flow"><div class="title"><h2>${t('What came in, and what went out')}</h2><${PeriodChoice} /></div>
    <div class="body"><div class="columns wide">
      <${Counts} title=${t('Events')} points=${points} stepMs=${stepMs} parts=${[{ name: t('accepted'), look: 'go', of: (point) => point.accepted }]} />
      <${Counts} title=${t('Attempts')} points=${points} stepMs=${stepMs} parts=${outcomes()} />
    </div>
    ${total.arrivalMs && html`<p class="small soft">${t('From accepted to delivered: half within {half}, 99% within {most}.', { half: span(total.arrivalMs.p50), most: span(total.arrivalMs.p99) })}</p>`}</div></section>`;
}

const BARS = 20;

/** In little: the attempts of the last hour. */
export function Pulse() {
  const found = useStatistics('/v1/statistics', 'hour', (line) => line.kind === 'attempt');
  const { points = [], total } = found.data ?? {};
  const each = Math.ceil(points.length / BARS);
  const steps = Array.from({ length: BARS }, (_, i) => points.slice(each * i, each * (i + 1)));
  const sum = (step, of) => step.reduce((all, point) => all + of(point), 0);
  const tried = steps.map((step) => sum(step, ({ attempts }) => attempts));
  const looks = steps.map((step, i) => (tried[i] === 0 ? '' : sum(step, ({ failed, dead }) => failed + dead) > tried[i] / 2 ? 'bad' : 'go'));
  const most = Math.max(1, ...tried);
  return html`<div class="card tile"><span class="label">${t('Attempts in the last hour')}</span>
    <span class="row between"><span class="value">${total ? number(total.attempts) : html`<span class="faint">–</span>`}</span>
    <${Bars} title=${t('Attempts over the last hour')} looks=${looks} heights=${tried.map((n) => n / most)} /></span>
    <small><${LiveMark} /></small></div>`;
}

const PeriodChoice = () => html`<${Segments} name="period" label=${t('Period')} value=${place.get().query.period ?? 'hour'}
  set=${(period) => go(alter({ period: period === 'hour' ? null : period }), { replace: true })} of=${[['hour', t('Hour')], ['day', t('Day')], ['month', t('Month')]]} />`;

/** A refusal is no failure. */
function Share({ total }) {
  const tried = total.delivered + total.failed + total.dead;
  return html`<span>${tried > 0 && html`<b>${percent(total.delivered / tried)}</b> <span class="soft">${t('of the attempts were delivered')}</span>`}</span>`;
}

function answers({ statuses, errors }) {
  const { 0: untold = 0, ...told } = statuses;
  const found = [
    ...Object.entries(told).map(([status, value]) => ({ name: outcome({ status: Number(status) }), value, look: status[0] === '2' ? 'good' : status === '429' ? 'wait' : 'bad' })),
    ...Object.entries(errors).map(([error, value]) => ({ name: outcome({ error }), value, look: 'bad' })),
  ].sort((a, b) => b.value - a.value);
  const others = found.slice(MOST_ANSWERS).reduce((all, { value }) => all + value, untold);
  return [...found.slice(0, MOST_ANSWERS), ...(others ? [{ name: t('other'), value: others, look: 'bad' }] : [])];
}

const tries = ({ numbers }) => Object.entries(numbers).map(([n, value]) => ({ name: n === '10' ? t('10 and more') : t('Attempt {n}', { n }), value, look: 'go', n: Number(n) })).sort((a, b) => a.n - b.n);
