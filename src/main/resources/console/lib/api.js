import { exactly } from './json.js';
import { place } from './router.js';
import { stop } from './each.js';
import { dress } from './look.js';
import { store, tab } from './store.js';
import { language, later, quoted, t } from './text.js';

/** What went wrong, as the API said it (RFC 9457). */
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail || body.title || `HTTP ${status}`);
    this.status = status;
    this.title = body.title;
    this.errors = body.errors ?? [];
  }

  /** What is wrong with the member at this pointer, or in it. */
  at(pointer) {
    const found = this.errors.filter((error) => error.pointer === pointer || error.pointer.startsWith(pointer + '/'));
    return found.length ? quoted(found.map((error) => error.detail).join(' ')) : null;
  }
}

/** In the API's own words, behind what that kind of problem is called in the reader's language, if that is another. */
export const worded = ({ title, message }) => (title && title !== message && language.get() !== 'en' ? `${t(title)}: ${message}` : t(message));

/** Nothing answers. */
export class Offline extends Error {}

/** Who the reader is; null before it is known, `denied` if a key is needed. */
export const me = store(null);
/** Whether the last call found nobody. */
export const lost = store(false);

let key = tab.get('key');

export const hasKey = () => key !== null;

/** Finds out who the reader is, and what there is for him. */
export async function enter() {
  const found = await call('GET', '/v1/me');
  me.set({ ...found, playground: false });
  if (found.tenant === null) {
    const show = () => me.get()?.name === found.name && me.set({ ...me.get(), playground: true });
    call('GET', '/v1/playground/demo', { query: { limit: 1 } }).then(show, () => {});
  }
}

/** @param {string | null} next null: forget it */
export async function signIn(next) {
  key = next;
  try {
    await enter();
    tab.set('key', key);
  } catch (problem) {
    if (problem instanceof Problem) {
      key = null;
      tab.set('key', null);
      me.set({ denied: true });
    }
    throw problem;
  }
}

/** Nothing of this reader is left for the next one: neither what was typed, nor work that goes on. */
export function signOut() {
  key = null;
  stop();
  tab.clear();
  dress();
  me.set({ denied: true, portal: me.get()?.portal });
}

/** Whether the reader may change things. */
export const may = (role) => me.get()?.role === 'admin' || me.get()?.role === role;

/** @param exact whether numbers of the answer are only shown */
export async function call(method, path, { query = {}, body, signal, exact } = {}) {
  const asker = key;
  const response = await send(method, address(path, query), body, signal);
  const text = response.status === 204 ? '' : await response.text();
  const json = text ? read(text, exact) : null;
  if (response.ok) return json;
  // who has signed in since then is not meant
  if (response.status === 401 && key === asker && me.get() && !me.get().denied) signOut();
  throw new Problem(response.status, json ?? {});
}

export const get = (path, query, signal) => call('GET', path, { query, signal });
export const post = (path, body, query) => call('POST', path, { body: body ?? undefined, query });
export const patch = (path, body) => call('PATCH', path, { body });
export const remove = (path) => call('DELETE', path);

function address(path, query) {
  const tenant = place.get().query.tenant;
  const isOfTenant = /^\/v1\/(webhooks|statistics|dead-letters$|dead-letters\/(retry|purge)|deliveries$)/.test(path);
  const pairs = Object.entries({ ...(tenant && isOfTenant ? { tenant } : {}), ...query });
  const said = pairs.filter(([, value]) => value !== undefined && value !== null && value !== '');
  return said.length ? `${path}?${new URLSearchParams(said)}` : path;
}

export const bearer = () => (key ? { Authorization: `Bearer ${key}` } : {});

async function send(method, url, body, signal) {
  const headers = bearer();
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  try {
    const response = await fetch(url, {
      method, headers, signal, cache: 'no-store', credentials: 'omit', body: body === undefined ? undefined : text(body),
    });
    if (lost.get()) lost.set(false);
    return response;
  } catch (failure) {
    if (failure.name === 'AbortError') throw failure;
    away();
    throw new Offline(later('Sluice does not answer.'));
  }
}

/** Asks now and then until somebody answers; views load again then. */
function away() {
  if (lost.get()) return;
  lost.set(true);
  const ask = async () => {
    try {
      await fetch('/openapi.yaml', { method: 'HEAD', cache: 'no-store' });
      lost.set(false);
    } catch {
      setTimeout(ask, 2000);
    }
  };
  setTimeout(ask, 1000);
}

const text = (body) => (typeof body === 'string' ? body : JSON.stringify(body));

function read(source, exact) {
  try {
    return exact ? exactly(source) : JSON.parse(source);
  } catch {
    return { detail: source.slice(0, 500) };
  }
}
