import { useEffect, useRef } from '../vendor/preact.js';
import { bearer, me } from './api.js';
import { place } from './router.js';
import { store } from './store.js';

const LEAST_PAUSE = 1200;

/** Whether what happens is told to this page. */
export const live = store(false);

const followers = new Set();
let connection = null;
/** Whose lines the connection brings: the tenant, and the key that may see them. */
let scope = null;
let last = '';
let closing = null;

/**
 * Calls `news(lines)` when something came that `wants` (a line has `kind`, and the members that the API gives it); not more
 * often than once in each pause, in ms. All of the page share one connection, which is there while somebody follows.
 */
export function useLive(wants, news, pause = LEAST_PAUSE) {
  const now = useRef();
  now.current = { wants, news, pause };
  useEffect(() => {
    const follower = { lines: [], timer: null };
    follower.take = (line) => {
      if (!now.current.wants(line)) return;
      follower.lines.push(line);
      follower.timer ??= setTimeout(() => {
        follower.timer = null;
        now.current.news(follower.lines.splice(0));
      }, now.current.pause);
    };
    followers.add(follower);
    follow();
    return () => {
      followers.delete(follower);
      clearTimeout(follower.timer);
      leave();
    };
  }, []);
}

/** One connection, and another soon after it broke, from where it was. */
function follow() {
  clearTimeout(closing);
  if (scope !== present()) {
    scope = present();
    last = '';
    hang();
  }
  if (connection || document.hidden || followers.size === 0) return;
  const own = new AbortController();
  connection = own;
  listen(own.signal).catch(() => null).then(() => {
    live.set(false);
    if (connection === own) connection = null;
    if (!own.signal.aborted) setTimeout(follow, 2000);
  });
}

const present = () => JSON.stringify([place.get().query.tenant, bearer()]);

async function listen(signal) {
  const tenant = place.get().query.tenant;
  const headers = { ...bearer(), ...(last ? { 'Last-Event-ID': last } : {}) };
  const response = await fetch('/v1/tail' + (tenant ? '?' + new URLSearchParams({ tenant }) : ''), { headers, signal, cache: 'no-store' });
  if (!response.ok) return;
  live.set(true);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const parts = (text + value).split('\n\n');
    text = parts.pop();
    parts.forEach(tell);
  }
}

function tell(part) {
  const fields = Object.fromEntries(part.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
  if (!fields.data) return;
  last = fields.id;
  const line = { ...JSON.parse(fields.data), kind: fields.event };
  followers.forEach((follower) => follower.take(line));
}

/** Somebody else may follow in a moment, as when the reader goes from one place to another. */
function leave() {
  if (followers.size > 0) return;
  clearTimeout(closing);
  closing = setTimeout(hang, 3000);
}

function hang() {
  connection?.abort();
  connection = null;
}

place.follow(follow);
me.follow(follow);

document.addEventListener('visibilitychange', () => {
  clearTimeout(closing);
  if (document.hidden) closing = setTimeout(hang, 10_000);
  else follow();
});
