import { store } from './store.js';

const here = () => ({ path: location.pathname, query: Object.fromEntries(new URLSearchParams(location.search)) });

/** Where the reader is. Everything that a view shows can be told from it. */
export const place = store(here());

addEventListener('popstate', () => place.set(here()));

export function go(url, { replace = false } = {}) {
  history[replace ? 'replaceState' : 'pushState'](null, '', url);
  const moved = place.get().path !== location.pathname;
  place.set(here());
  if (moved) scrollTo(0, 0);
}

/** The address of a place; what is empty is left out, and the tenant stays, and what the page of a portal may show. */
export function url(path, query = {}) {
  const { tenant, look } = place.get().query;
  const pairs = Object.entries({ tenant, look, ...query }).filter(([, value]) => value);
  return pairs.length ? `${path}?${new URLSearchParams(pairs)}` : path;
}

/** The address of this place with some of its query changed. */
export function alter(changes) {
  const { path, query } = place.get();
  return url(path, { ...query, ...changes });
}

/** Plain links are followed without a new page. */
export function followLinks(isOurs) {
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[href]');
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !isPlain || event.defaultPrevented || link.target || link.origin !== location.origin) return;
    if (!isOurs(link.pathname)) return;
    event.preventDefault();
    go(link.pathname + link.search);
  });
}
