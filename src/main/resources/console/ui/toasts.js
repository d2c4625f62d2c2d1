import { html } from '../vendor/preact.js';
import { worded } from '../lib/api.js';
import { store } from '../lib/store.js';

const said = store([]);

/** A word about what was just done. @param look `bad` for what was not */
export function say(text, look = '') {
  const one = { text, look };
  said.set([...said.get().slice(-2), one]);
  setTimeout(() => said.set(said.get().filter((other) => other !== one)), look === 'bad' ? 8000 : 3500);
}

/** Says what went wrong. */
export const complain = (error) => say(worded(error), 'bad');

export const Toasts = () => html`<div class="toasts" role="status">${said.use().map(({ text, look }) => html`<div class=${'toast ' + look}>${text}</div>`)}</div>`;
