import { html, useState } from '../vendor/preact.js';
import { Problem, signIn, worded } from '../lib/api.js';
import { useAction } from '../lib/load.js';
import { t } from '../lib/text.js';
import { Brand } from '../ui/brand.js';
import { Failure } from '../ui/parts.js';

/** In place of any view, whose address stays: after it the reader is where he wanted to be. */
export function SignIn({ isOver }) {
  const [key, set] = useState('');
  const enter = useAction(async () => signIn(key.trim()));
  const submit = (event) => {
    event.preventDefault();
    if (key.trim()) enter.run();
  };
  const error = enter.error;
  if (isOver) {
    return html`<main class="door"><div class="card"><${Brand} /><div><h1>${t('This visit is over')}</h1><p class="soft">${t('Each link opens one visit. Go back to where you came from, and open it again.')}</p></div></div></main>`;
  }
  return html`<main class="door"><form class="card" onSubmit=${submit}>
    <${Brand} />
    <div><h1>${t('Sign in')}</h1><p class="soft">${t('With an API key that may read. It is kept in this tab alone, until you close it.')}</p></div>
    <div class="field"><label for="key">${t('API key')}</label>
      <input id="key" type="password" autocomplete="off" autofocus required placeholder="slk_…" value=${key}
        onInput=${(event) => set(event.target.value)} aria-invalid=${error instanceof Problem} />
      ${error instanceof Problem && html`<div class="wrong" role="alert">${worded(error)}</div>`}</div>
    ${error && !(error instanceof Problem) && html`<${Failure} error=${error} />`}
    <button class="button primary" disabled=${enter.busy}>${t('Sign in')}</button>
  </form></main>`;
}
