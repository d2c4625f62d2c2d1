import { html, useState } from '../vendor/preact.js';
import { get, me, patch, worded } from '../lib/api.js';
import { useAction, useLoad } from '../lib/load.js';
import { store } from '../lib/store.js';
import { quoted, t } from '../lib/text.js';
import { Text } from '../form/field.js';
import { Icon } from '../ui/icons.js';
import { Copy } from '../ui/parts.js';
import { say } from '../ui/toasts.js';

/** The secret of a source that was made in this visit: `{ source, secret, isMadeUp }`. Its page forgets it when it is left. */
export const given = store(null);

const kinds = (auth) => [auth ?? []].flat().map(({ type }) => type);

/** Whether there is one secret that may become another. */
export const hasSecret = ({ auth }) => kinds(auth).some((type) => ['token', 'basic', 'header', 'hmac', 'signature', 'field', 'url'].includes(type));

/** Whether its system signs what it sends, so that a receiver can verify that too. */
export const isSigned = ({ auth }) => kinds(auth).some((type) => ['hmac', 'signature'].includes(type));

/** What the system is called that signs what this source gets; null if none does, or the reader may not know. */
export function useSigner(name) {
  const found = useLoad((signal) => (name && !me.get()?.portal ? get(`/v1/sources/${name}`, {}, signal).catch(() => null) : Promise.resolve(null)), [name]);
  return found.data && isSigned(found.data) ? found.data.provider ?? found.data.name : null;
}

export const OwnSecret = ({ signer }) => signer && html`<p class="soft small">${t('If your receiver already verifies the signature of {system}, it needs nothing: that secret stays the one it has. This one is Sluice’s own, beside it.', { system: signer })}</p>`;

/** Gives the source another one. @param isOwn whether its user may think of it; else the system shows it */
export function SourceSecret({ source, id = 'other-secret', label = t('Another secret'), hint, isOwn, done }) {
  const [draft, write] = useState({ secret: '', isMadeUp: false });
  const save = useAction(async () => {
    await patch(`/v1/sources/${source.name}`, { secret: draft.secret });
    if (!draft.isMadeUp) write({ secret: '', isMadeUp: false });
    say(t('Saved. Let the system send again.'));
    done?.();
  });
  const submit = (event) => {
    event.preventDefault();
    save.run();
  };
  return html`<form class="stack tight" onSubmit=${submit}><div class="row top"><div class="grow"><${Text} id=${id} label=${label} type=${draft.isMadeUp ? 'text' : 'password'} value=${draft.secret}
      set=${(secret) => write({ secret, isMadeUp: draft.isMadeUp && secret !== '' })} error=${save.error?.errors?.length ? quoted(save.error.errors[0].detail) : save.error && worded(save.error)} hint=${hint} /></div>
    <button class="button under-label" disabled=${save.busy || !draft.secret}>${t('Save')}</button></div>
    ${isOwn && html`<div class="row"><button type="button" class="button small" onClick=${() => write({ secret: madeUp(), isMadeUp: true })}><${Icon} name="key" />${t('Generate one')}</button>
      ${draft.isMadeUp && html`<${Copy} text=${draft.secret} label=${t('Copy')} /><span class="soft small">${t('It is not shown again.')}</span>`}</div>`}</form>`;
}

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';

/** Letters and digits alone, as not every system takes others: 32 of 57 are 186 bits. */
export function madeUp() {
  const found = [];
  while (found.length < 32) {
    const [one] = crypto.getRandomValues(new Uint8Array(1));
    if (one < 4 * LETTERS.length) found.push(LETTERS[one % LETTERS.length]);
  }
  return found.join('');
}
