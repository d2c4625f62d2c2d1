import { Problem, get } from './api.js';

const MOST = 12;

const states = {
  delivered: (note) => note.fate === 'delivered',
  waiting: (note) => note.fate === 'retrying' || note.fate === 'refused',
  failed: (note) => note.fate === 'retrying' || note.fate === 'dead',
  dead: (note) => note.fate === 'dead',
  coalesced: (note) => note.fate === 'coalesced',
  cancelled: (note) => note.fate === 'cancelled',
};

const became = { retrying: 'waiting', refused: 'waiting' };

/**
 * The latest deliveries over several webhooks. The API lists those of one webhook, so the last attempts of the webhooks that
 * were tried last are laid together.
 */
export async function recent(webhooks, state, signal) {
  const last = webhooks.filter((webhook) => webhook.state.lastAttempt)
    .sort((a, b) => b.state.lastAttempt.at.localeCompare(a.state.lastAttempt.at)).slice(0, MOST);
  const pages = await Promise.all(last.map(({ id }) => attempts(id, signal)));
  const latest = new Map();
  for (const note of pages.flatMap((page) => page.attempts).sort((a, b) => b.at.localeCompare(a.at))) {
    if (!latest.has(note.delivery)) latest.set(note.delivery, note);
  }
  return { rows: [...latest.values()].filter(states[state] ?? (() => true)).slice(0, 100).map(delivery), cursor: null };
}

/** A webhook may be deleted meanwhile. What else fails must not look as if there were no deliveries. */
const attempts = (id, signal) => get(`/v1/webhooks/${id}/attempts`, { limit: 50 }, signal).catch((error) => {
  if (error instanceof Problem && error.status === 404) return { attempts: [] };
  throw error;
});

const delivery = (note) => ({
  id: note.delivery, webhook: note.webhook, event: note.event, type: note.type, state: became[note.fate] ?? note.fate,
  attempts: note.number ?? 0, dueAt: note.nextAt, endedAt: note.at, diedAt: note.at,
  note,
});
