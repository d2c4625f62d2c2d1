import { tab } from '../lib/store.js';
import { spelled } from './pace.js';

export const blank = {
  name: '', url: '', source: null, eventTypes: null, headers: [], auth: null, body: null, transform: null, filter: '',
  rateLimit: null, retry: null, ordering: null, coalesce: null, timeoutMs: null, maxInFlight: null, signing: {},
};

const ANSWERED = ['createdAt', 'updatedAt', 'state', 'warnings', 'disabledReason', 'id', 'tenant'];

/** A webhook as the API shows it, to be filled in. @param choice what may be chosen at all; undefined: anything */
export function opened(webhook, choice) {
  const draft = { ...blank, ...webhook };
  ANSWERED.forEach((name) => delete draft[name]);
  const all = choice ?? ['**'];
  const isAll = !webhook.eventTypes || webhook.eventTypes.length === 0 || all.every((type) => webhook.eventTypes.includes(type));
  return { ...draft, eventTypes: isAll ? null : webhook.eventTypes, filter: webhook.filter ? JSON.stringify(webhook.filter, null, 2) : '' };
}

/** What the API is sent. What cannot be read goes as it is: the API says what is wrong with it, and where. */
export function settings(draft) {
  const { coalesce, retry } = draft;
  const delays = typeof retry?.delaysMs === 'string' ? retry.delaysMs.split(',').map(spelled) : retry?.delaysMs;
  return {
    ...draft,
    name: draft.name.trim() || null,
    url: draft.url.trim(),
    source: draft.source || null,
    headers: draft.headers.filter(({ name, value }) => name || value),
    filter: draft.filter.trim() ? json(draft.filter) : null,
    transform: draft.transform || null,
    body: draft.transform ? null : draft.body || null,
    timeoutMs: spelled(draft.timeoutMs),
    coalesce: coalesce && { ...coalesce, quietMs: spelled(coalesce.quietMs) },
    retry: retry && { ...retry, delaysMs: delays },
  };
}

function json(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What was typed survives a reload, but for secrets. */
export const kept = {
  read(place) {
    try {
      return JSON.parse(tab.get('draft:' + place));
    } catch {
      return null;
    }
  },
  write: (place, draft) => tab.set('draft:' + place, JSON.stringify(draft, (name, value) =>
    ['password', 'token', 'clientSecret', 'clientKey'].includes(name) ? undefined : bare(value))),
  drop: (place) => tab.set('draft:' + place, null),
};

const bare = (value) => (value && typeof value === 'object' && value.secret === true ? { ...value, value: undefined } : value);
