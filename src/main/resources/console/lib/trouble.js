import { outcome, told } from './states.js';
import { plural, t } from './text.js';
import { span } from './time.js';

/**
 * What is wrong with webhooks, in words, worst first: `{ look, text, more, path }`.
 *
 * @param now in ms
 */
export function troubles(webhooks, now) {
  return webhooks.flatMap((webhook) => of(webhook, now)).sort((a, b) => b.weight - a.weight);
}

function of(webhook, now) {
  const { circuit, failingSince, lastAttempt, parked, deadLetters } = webhook.state;
  const at = `/webhooks/${webhook.id}`;
  const found = [];
  const say = (weight, look, text, path = at, more) => found.push({ weight, look, text, path, more, key: `${webhook.id}:${found.length}` });
  const waits = parked > 0 ? plural(parked, '{n} delivery waits', '{n} deliveries wait') : null;
  if (webhook.unreadable) {
    say(9e9, 'bad', t('{name} cannot be read', { name: webhook.name }), at, waits);
  } else if (webhook.disabledReason && !webhook.enabled) {
    say(8e9, 'bad', t('{name} was switched off by Sluice', { name: webhook.name }), at, told(webhook.disabledReason));
  } else if (webhook.enabled && (failingSince || circuit === 'open')) {
    const length = failingSince ? Math.max(0, now - new Date(failingSince)) : 0;
    const text = failingSince ? t('{name} has failed for {time}', { name: webhook.name, time: span(1000 * Math.max(1, Math.floor(length / 1000))) }) : t('{name} is left alone for a while', { name: webhook.name });
    say(7e9 + length, 'bad', text, at, [lastAttempt && outcome(lastAttempt), waits].filter(Boolean).join(' · '));
  } else if (webhook.paused && parked > 0) {
    say(1e9 + parked, 'wait', t('{name} is paused', { name: webhook.name }), at, waits);
  } else if (parked >= 100) {
    say(2e9 + parked, 'wait', t('{name} is behind', { name: webhook.name }), at, waits);
  }
  if (deadLetters > 0) {
    say(3e9 + deadLetters, 'bad', plural(deadLetters, '{n} delivery is dead', '{n} deliveries are dead'), at + '/dead-letters', webhook.name);
  }
  return found;
}

/**
 * Failures that are alike, most deliveries first: `{ key, example, deliveries, first, last }`. A delivery counts with its
 * latest attempt alone; what was delivered in the end is no problem any more.
 *
 * @param attempts newest first
 */
export function alike(attempts) {
  const latest = new Map();
  for (const note of attempts) {
    if (!latest.has(note.delivery)) latest.set(note.delivery, note);
  }
  const groups = new Map();
  for (const note of latest.values()) {
    if (!['retrying', 'dead'].includes(note.fate)) continue;
    const part = note.error === 'timeout' ? note.timing?.failedIn : null; // which is another cause
    const key = `${note.status ?? ''}|${note.error ?? ''}|${part ?? ''}`;
    const group = groups.get(key) ?? { key, example: note, notes: [], first: note.at, last: note.at };
    group.notes.push(note);
    group.first = note.at < group.first ? note.at : group.first;
    group.last = note.at > group.last ? note.at : group.last;
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => b.notes.length - a.notes.length);
}
