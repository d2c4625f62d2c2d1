import { html, useState } from '../vendor/preact.js';
import { number, percent, t } from '../lib/text.js';
import { exact, moment, span } from '../lib/time.js';

const HEIGHT = 100;

/**
 * Counts over time, as bars that stand on each other.
 *
 * @param parts from the ground up: `{ name, look, of(point) }`
 */
export function Counts({ title, points, parts, stepMs }) {
  const most = round(Math.max(1, ...points.map((point) => sum(parts, point))));
  const say = (point) => parts.map(({ name, of }) => `${name}: ${number(of(point))}`).join(' · ');
  const bars = points.flatMap((point, i) => {
    let top = HEIGHT;
    return parts.filter(({ of }) => of(point) > 0).map(({ look, of }) => {
      const height = Math.max((HEIGHT * of(point)) / most, 1);
      top -= height;
      return html`<rect class=${look} x=${i + 0.12} y=${top} width="0.76" height=${height} />`;
    });
  });
  const counted = parts.map(({ name, look, of }) => ({ name, look, value: points.reduce((all, point) => all + of(point), 0) }));
  const legend = counted.filter(({ value }, i) => i === 0 || value > 0).map((one) => ({ ...one, value: number(one.value) }));
  return html`<${Frame} title=${title} points=${points} stepMs=${stepMs} top=${number(most)} legend=${legend} say=${say}>${bars}<//>`;
}

/** Lengths of time over time: what half of them was shorter than, and all but one in a hundred. */
export function Lengths({ title, points, stepMs, total }) {
  const lines = [{ name: t('half within'), look: 'half', of: (point) => point.durationMs?.p50 }, { name: t('99% within'), look: 'most', of: (point) => point.durationMs?.p99 }];
  const longest = Math.max(1, ...points.map((point) => point.durationMs?.p99 ?? 0));
  const at = (ms) => HEIGHT - (HEIGHT * ms) / longest;
  const say = (point) => (point.durationMs ? lines.map(({ name, of }) => `${name}: ${span(of(point))}`).join(' · ') : t('nothing'));
  const drawn = lines.map(({ look, of }) => runs(points.map(of)).map((run) => html`<polyline class=${look} points=${run.map(([i, ms]) => `${i + 0.2},${at(ms)} ${i + 0.8},${at(ms)}`).join(' ')} />`));
  const legend = lines.map(({ name, look, of }) => ({ name, look, value: of(total) === undefined ? '–' : span(of(total)) }));
  return html`<${Frame} title=${title} points=${points} stepMs=${stepMs} top=${span(longest)} legend=${legend} say=${say}>${drawn}<//>`;
}

function Frame({ title, points, stepMs, top, legend, say, children }) {
  const [at, look] = useState(null);
  const point = points[at];
  const seek = (event) => {
    const box = event.currentTarget.getBoundingClientRect();
    look(Math.min(points.length - 1, Math.max(0, Math.floor((points.length * (event.clientX - box.left)) / box.width))));
  };
  const step = (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    look((now) => Math.min(points.length - 1, Math.max(0, (now ?? points.length) + by)));
  };
  const said = legend.map(({ name, value }) => `${name}: ${value}`).join(', ');
  return html`<figure class="chart">
    <figcaption><b>${title}</b><span class="legend">${legend.map(({ name, look, value }) => html`<span><i class=${look}></i>${name} <b>${value}</b></span>`)}</span></figcaption>
    <div class="plot" tabindex="0" role="img" aria-label=${`${title}. ${said}`} onPointerMove=${seek} onPointerLeave=${() => look(null)} onKeyDown=${step} onBlur=${() => look(null)}>
      <span class="top">${top}</span>
      <svg viewBox=${`0 0 ${points.length} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        ${point && html`<rect class="here" x=${at} y="0" width="1" height=${HEIGHT} />`}${children}</svg>
    </div>
    <div class="axis" aria-live="polite">${point ? html`<span class="grow" title=${exact(point.at)}><b>${moment(point.at, stepMs)}</b> ${say(point)}</span>`
    : html`<span>${moment(points[0].at, stepMs)}</span><span>${moment(points[points.length >> 1].at, stepMs)}</span><span>${t('now')}</span>`}</div>
  </figure>`;
}

/** What a share of a whole looks like, line by line: `{ name, value, look }`. */
export function Shares({ of }) {
  const most = Math.max(1, ...of.map(({ value }) => value));
  return html`<ul class="shares">${of.map(({ name, value, look }) => html`<li><span class="cut" title=${name}>${name}</span>
    <span class="track"><i class=${look} style=${{ width: `${(100 * value) / most}%` }}></i></span><span class="number">${number(value)}</span></li>`)}</ul>`;
}

/** Success over a day in little: of each hour how much of what was tried was delivered; empty where nothing was. */
export function Spark({ of }) {
  const tried = of ? of.delivered.map((delivered, i) => delivered + of.failed[i]) : [];
  const all = tried.reduce((total, n) => total + n, 0);
  if (all === 0) return html`<span class="faint" title=${t('Nothing in the last day')}>–</span>`;
  const good = of.delivered.reduce((total, n) => total + n, 0);
  const said = t('In the last day {share} of {n} attempts were delivered', { share: percent(good / all), n: number(all) });
  return html`<span class="spark" title=${said}><svg viewBox=${`0 0 ${tried.length} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label=${said}>
    ${tried.map((n, i) => {
      if (n === 0) return html`<rect class="idle" x=${i + 0.12} y=${HEIGHT - 8} width="0.76" height="8" />`;
      const share = of.failed[i] / n;
      const bad = share === 0 ? 0 : Math.max(12, HEIGHT * share);
      return html`<rect class="good" x=${i + 0.12} y=${bad} width="0.76" height=${HEIGHT - bad} />${bad > 0 && html`<rect class="bad" x=${i + 0.12} y="0" width="0.76" height=${bad} />`}`;
    })}</svg><small class="soft">${percent(good / all)}</small></span>`;
}

const sum = (parts, point) => parts.reduce((all, { of }) => all + of(point), 0);

/** Up to a number that reads well. */
function round(n) {
  const size = 10 ** Math.floor(Math.log10(n));
  return [1, 2, 5, 10].map((times) => times * size).find((end) => end >= n);
}

/** Stretches without a gap, as `[index, value]`. */
function runs(values) {
  const found = [];
  values.forEach((value, i) => {
    if (value === undefined) return;
    if (values[i - 1] === undefined) found.push([]);
    found[found.length - 1].push([i, value]);
  });
  return found;
}
