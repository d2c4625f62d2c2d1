import { html } from '../vendor/preact.js';
import { Offline, worded } from '../lib/api.js';
import { store } from '../lib/store.js';
import { t } from '../lib/text.js';

const said = store([]);

/** A word about what was just done. @param look `bad` for what was not */
export function say(text, look = '') {
  const one = { text, look };
  said.set([...said.get().slice(-2), one]);
  setTimeout(() => said.set(said.get().filter((other) => other !== one)), look === 'bad' ? 8000 : 3500);
}

/** Says what went wrong; that nobody answers is said above already. */
export const complain = (error) => say(error instanceof Offline ? t('Not done. Try again when Sluice answers.') : worded(error), 'bad');

export const Toasts = () => html`<div class="toasts" role="status">${said.use().map(({ text, look }) => html`<div class=${'toast ' + look}>${text}</div>`)}</div>`;
