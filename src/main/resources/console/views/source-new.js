import { html, useState } from '../vendor/preact.js';
import { get, post } from '../lib/api.js';
import { useAction, useLoad } from '../lib/load.js';
import { go, url } from '../lib/router.js';
import { t } from '../lib/text.js';
import { Choice, Text } from '../form/field.js';
import { Dialog } from '../ui/dialogs.js';
import { Failure } from '../ui/parts.js';

const systems = [['strapi', 'Strapi'], ['cockpit', 'Cockpit'], ['maya', 'Maya'], ['modyo', 'Modyo'], ['generic', 'JSON']];

/** A name, a system, and its secret; all else is on the page of the source. */
export function NewSource({ close }) {
  const [draft, write] = useState({ name: '', system: 'strapi', secret: '' });
  const set = (part) => write({ ...draft, ...part });
  const providers = useLoad((signal) => get('/v1/providers', {}, signal).then((found) => found.providers), []);
  const provider = (providers.data ?? []).find(({ name }) => name === draft.system);
  const isProvider = Boolean(provider);
  const make = useAction(async () => {
    const how = isProvider ? { provider: draft.system, ...(draft.secret ? { secret: draft.secret } : {}) }
      : { dialect: draft.system, auth: draft.secret ? { type: 'token', token: draft.secret } : { type: 'key' } };
    const made = await post('/v1/sources', { name: draft.name.trim(), ...how });
    go(url(`/sources/${made.name}`));
  });
  const problem = make.error?.errors ? make.error : null;
  const said = problem && ['/name', '/secret', '/auth'].some((at) => problem.at(at));
  const submit = (event) => {
    event.preventDefault();
    make.run();
  };
  return html`<${Dialog} title=${t('New source')} close=${close}><form class="stack" onSubmit=${submit}>
    <${Choice} id="system" label=${t('System')} value=${draft.system} set=${(system) => set({ system })}
      of=${[...systems, ...(providers.data ?? []).filter(({ name }) => !systems.some(([known]) => known === name)).map(({ name, title }) => [name, title])]} />
    <${Text} id="source-name" label=${t('Name')} placeholder=${draft.system} value=${draft.name} set=${(name) => set({ name })} error=${problem?.at('/name')}
      hint=${t('Letters, digits, points and dashes. It is part of its URL.')} />
    <${Text} id="source-secret" label=${isProvider ? t('Secret') : t('Token')} optional=${isProvider ? undefined : t('optional')} type="password" value=${draft.secret} set=${(secret) => set({ secret })}
      error=${problem?.at('/secret') ?? problem?.at('/auth')} hint=${isProvider ? provider.secret ?? t('As the system shows it. What it sends is checked with it.') : t('The system sends it with each request. Without one it needs an API key that may publish.')} />
    ${make.error && !said && html`<${Failure} error=${make.error} />`}
    <div class="end"><button type="button" class="button" onClick=${close}>${t('Cancel')}</button><button class="button primary" disabled=${make.busy}>${t('Make source')}</button></div></form><//>`;
}
