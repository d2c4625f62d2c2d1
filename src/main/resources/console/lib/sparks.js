import { useEffect, useRef, useState } from '../vendor/preact.js';
import { get } from './api.js';

/** As many as the API tells of at once. */
const MOST = 100;
/** They are counts of hours. */
const FRESH = 60_000;

/** What each of these webhooks did in the last day, by its id, a page of them in one request: `{ delivered, failed }`, an hour each. */
export function useSparks(ids, tenant) {
  const [found, set] = useState(new Map());
  const asked = useRef(new Set());
  const [round, again] = useState(0);
  useEffect(() => {
    asked.current = new Set();
    set(new Map());
  }, [tenant]);
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.hidden) return;
      asked.current = new Set();
      again((n) => n + 1);
    }, FRESH);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    const missing = ids.filter((id) => !asked.current.has(id)).slice(0, MOST);
    if (missing.length === 0) return;
    const generation = asked.current;
    missing.forEach((id) => generation.add(id));
    get('/v1/statistics/webhooks', { ids: missing.join(',') }).then(({ webhooks }) => {
      if (asked.current === generation) set((before) => new Map([...before, ...webhooks.map((one) => [one.id, one])]));
    }, () => {});
  }, [ids.join(), round, found, tenant]);
  return found;
}
