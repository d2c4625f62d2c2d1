import { format, t } from './text.js';
import { store } from './store.js';

/** Changes often enough for "3 minutes ago" to stay true. */
export const now = store(Date.now());
setInterval(() => document.hidden || now.set(Date.now()), 5000);

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];

/** `3 minutes ago`, `in 2 hours`; what is older than a week is a date. */
export function relative(at, from = Date.now()) {
  const difference = new Date(at) - from;
  const size = Math.abs(difference);
  if (size > 7 * 86_400_000) return format(Intl.DateTimeFormat, { dateStyle: 'medium' }).format(new Date(at));
  if (size < 2000) return t('now');
  const [unit, length] = units.find(([, each]) => size >= each) ?? ['second', 1000];
  return format(Intl.RelativeTimeFormat, { numeric: 'always', style: 'narrow' }).format(Math.round(difference / length), unit);
}

/** In the reader's zone, to the millisecond where it has any. */
export function exact(at) {
  return format(Intl.DateTimeFormat, {
    year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit',
    ...(new Date(at) % 1000 ? { fractionalSecondDigits: 3 } : {}), hourCycle: 'h23', timeZoneName: 'short',
  }).format(new Date(at));
}

/** From one minute to another, the day once if it is the same, the year if it is not this one; broken between them alone. */
export function range(from, to) {
  const isOld = [from, to].some((at) => new Date(at).getFullYear() !== new Date().getFullYear());
  const text = format(Intl.DateTimeFormat, { ...(isOld ? { year: 'numeric' } : {}), month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    .formatRange(new Date(from), new Date(to));
  return text.replace(/\s/g, '\u00a0').replace(/\u00a0?–\u00a0?/, ' –\u00a0');
}

export function clock(at) {
  return format(Intl.DateTimeFormat, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
    .format(new Date(at));
}

/** A step of a chart: the time of day, the day too where a step is an hour or more. */
export function moment(at, stepMs) {
  const day = stepMs >= 3_600_000 ? { day: 'numeric', month: 'short' } : {};
  return format(Intl.DateTimeFormat, { ...day, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at));
}

/** `250 ms`, `5 s`, `1 h 12 min`, never torn between two lines */
export function span(ms) {
  if (ms < 1000) return `${Math.round(ms)}\u00a0ms`;
  if (ms < 10_000) return `${trim(ms / 1000)}\u00a0s`;
  const parts = [[86_400_000, 'd'], [3_600_000, 'h'], [60_000, 'min'], [1000, 's']];
  const first = parts.findIndex(([length]) => ms >= length);
  const [length, unit] = parts[first];
  const whole = Math.floor(ms / length);
  const next = parts[first + 1];
  const rest = next ? Math.floor((ms % length) / next[0]) : 0;
  return rest ? `${whole}\u00a0${unit}\u00a0${rest}\u00a0${next[1]}` : `${whole}\u00a0${unit}`;
}

const trim = (n) => format(Intl.NumberFormat, { maximumFractionDigits: 1 }).format(n);

const lengths = { ms: 1, s: 1000, sec: 1000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/** Reads what `span` writes, `5s` and `2h 30m` too; NaN for anything else. */
export function milliseconds(text) {
  const parts = [...text.trim().matchAll(/([\d.]+)\s*([a-z]+)\s*/gi)];
  const isWhole = parts.length > 0 && parts.map((part) => part[0]).join('') === text.trim();
  return isWhole ? parts.reduce((sum, [, n, unit]) => sum + Number(n) * (lengths[unit.toLowerCase()] ?? NaN), 0) : NaN;
}
