import { html, useEffect, useState } from '../vendor/preact.js';
import { get, may, post } from '../lib/api.js';
import { useAction, useLoad } from '../lib/load.js';
import { alter, go, place, url } from '../lib/router.js';
import { t } from '../lib/text.js';
import { Text } from '../form/field.js';
import { Icon } from '../ui/icons.js';
import { Copy, Empty, Failure, Loading, Note, Search } from '../ui/parts.js';
import { authWords } from './auth-words.js';
import { SetUp, howTo, told } from './set-up.js';
import { given, madeUp } from './source-secret.js';

/** In the order in which they are shown; others come behind them. */
const groups = () => ({
  code: t('Code and builds'), content: t('Content'), payments: t('Payments'), shops: t('Shops'), messages: t('Messages and mail'),
  work: t('Customers and teams'), alerts: t('Alerts'), events: t('Standards and clouds'),
});

/** Systems that have a dialect of their own, and any other. */
const dialects = () => [['strapi', 'Strapi'], ['cockpit', 'Cockpit'], ['maya', 'Maya'], ['modyo', 'Modyo']].map(([name, title]) => ({ name, title, group: 'content', dialect: name, setup: howTo()[name] }))
  .concat({ name: 'generic', title: t('Any other that posts JSON'), dialect: 'generic' });

/**
 * Which system, a name, and a secret; what to do in the system stands on the page of the source, which waits for the first
 * request then. A system that shows its secret alone is told the URL before.
 */
export function NewSource() {
  const { query } = place.use();
  const found = useLoad(async (signal) => {
    const [{ providers }, { sources }] = await Promise.all([get('/v1/providers', {}, signal), get('/v1/sources', { limit: 500 }, signal)]);
    return { providers, taken: sources.map(({ name }) => name) };
  }, []);
  useEffect(() => scrollTo(0, 0), [query.system]);
  if (!may('manage')) return html`<div class="page narrow"><${Note} look="wait">${t('Your key may read, but not create sources.')}<//></div>`;
  const systems = [...dialects(), ...(found.data?.providers ?? []).map(told)];
  const system = systems.find(({ name }) => name === query.system);
  return html`<div class=${'page ' + (system ? 'narrow' : '')}>
    <div class="stack tight"><a class="small soft" href=${url('/sources')}>${t('Sources')}</a><div class="head"><div><h1>${t('New source')}</h1>
      <p>${system ? t('It takes what the system sends, and checks that it is from there.') : t('Which system shall post here?')}</p></div></div></div>
    <${Failure} error=${found.error} retry=${found.reload} />
    ${found.data ? system ? html`<${SystemForm} key=${system.name} system=${system} taken=${found.data.taken} />` : html`<${Pick} systems=${systems} />` : found.loading && html`<${Loading} />`}
  </div>`;
}

function Pick({ systems }) {
  const [q, search] = useState('');
  const fit = systems.filter(({ name, title }) => `${name} ${title}`.toLowerCase().includes(q.trim().toLowerCase()));
  const names = groups();
  const all = [...new Set([...Object.keys(names), ...fit.map(({ group }) => group)])];
  return html`<${Search} value=${q} onInput=${search} placeholder=${t('Name of the system')} />
    ${all.map((group) => ({ group, some: fit.filter((system) => system.group === group) })).filter(({ some }) => some.length > 0)
      .map(({ group, some }) => html`<section class="stack tight" key=${group}><h2>${names[group] ?? group ?? t('Others')}</h2>
      <div class="choices">${some.map((system) => html`<a class="card choice" key=${system.name} href=${alter({ system: system.name })}>
        <b class="alien">${system.title}</b><small class="soft">${system.source?.auth ? authWords(system.source.auth) : t('Token')}</small></a>`)}</div></section>`)}
    ${fit.length === 0 && html`<div class="card"><${Empty} icon="search" title=${t('No system of that name')}><p>${t('Any that posts JSON can be a source: it sends a token, or has a secret in its URL.')}</p>
      <a class="button" href=${alter({ system: 'generic' })}>${t('Any other that posts JSON')}</a><//></div>`}`;
}

function SystemForm({ system, taken }) {
  const [draft, write] = useState({ name: free(system.name, taken), secret: '', isMadeUp: false });
  const [sent, tried] = useState(null);
  const set = (part) => write({ ...draft, ...part });
  const name = draft.name.trim();
  const auths = [system.source?.auth ?? []].flat();
  const isInUrl = auths.length > 0 && auths.every(({ type }) => type === 'url');
  const isUrlSigned = JSON.stringify(auths).includes('{url}');
  const path = `/v1/sources/${name || '…'}/events`;
  const address = location.origin + path + (isInUrl && draft.secret ? `/${draft.secret}` : '');
  const isOwn = Boolean(system.dialect || system.ownSecret);
  const make = useAction(async () => {
    tried(draft);
    const made = await post('/v1/sources', { name, ...settings(system, draft.secret), ...(isUrlSigned ? { url: address } : {}) });
    given.set({ source: made.name, secret: draft.secret, isMadeUp: draft.isMadeUp });
    go(url(`/sources/${made.name}`));
  });
  const at = wrong(make.error, sent, isOwn);
  const shown = { name: sent?.name === draft.name && at.name, secret: sent?.secret === draft.secret && at.secret };
  const submit = (event) => {
    event.preventDefault();
    make.run();
  };
  const hint = system.secret ?? t('The system sends it with each request. Without one it needs an API key that may publish.');
  return html`<form class="card" onSubmit=${submit}><div class="title"><h2 class="alien">${system.title}</h2><a class="button small" href=${alter({ system: null })}>${t('Another system')}</a></div>
    <div class="body"><ol class="steps wide">
      <li><${Text} id="source-name" label=${t('Name')} value=${draft.name} set=${(text) => set({ name: text })} error=${shown.name} hint=${t('Letters, digits, points and dashes. It is part of its URL.')} /></li>
      ${!isOwn && html`<li><${SetUp} address=${address} setup=${system.setup?.replace('/NAME/', `/${name || '…'}/`)} documentation=${system.documentation}>
        ${isInUrl && html`<p class="soft small">${draft.secret ? t('The secret stands in this URL already.') : t('The secret of the next step becomes a part of this URL.')}</p>`}
        ${isUrlSigned && html`<p class="soft small">${t('The system signs the URL too: the source is told this one.')}</p>`}<//></li>`}
      <li><${Text} id="source-secret" label=${system.dialect ? t('Token') : t('Secret')} optional=${system.dialect && t('optional')} type=${draft.isMadeUp ? 'text' : 'password'} value=${draft.secret}
        set=${(secret) => set({ secret, isMadeUp: draft.isMadeUp && secret !== '' })} error=${shown.secret} hint=${hint} />
        <div class="row">${isOwn && html`<button type="button" class="button small" onClick=${() => set({ secret: madeUp(), isMadeUp: true })}><${Icon} name="key" />${t('Generate one')}</button>`}
          ${draft.isMadeUp && html`<${Copy} text=${draft.secret} label=${t('Copy')} /><span class="soft small">${t('The next page shows it once more, and then never again.')}</span>`}</div></li>
      ${isOwn && html`<li><p class="soft">${t('Create the source. It must be there before the system is told of it, as many send a request at once; the next page says what to do there.')}</p></li>`}
    </ol>
    ${make.error && !at.name && !at.secret && html`<${Failure} error=${make.error} />`}
    <div class="end long"><a class="button" href=${url('/sources')}>${t('Cancel')}</a><button class="button primary" disabled=${make.busy || !name}>${t('Create source and wait for a request')}</button></div></div></form>`;
}

/** What is said at which field. */
function wrong(error, sent, isOwn) {
  if (error?.status === 409) return { name: t('Another source has this name.') };
  const secret = error?.errors?.length ? error.at('/secret') ?? error.at('/auth') : null;
  const enter = isOwn ? t('Enter the secret, or generate one.') : t('Enter the secret that the system shows.');
  return { name: error?.errors?.length ? error.at('/name') : null, secret: secret && !sent?.secret ? enter : secret };
}

function settings(system, secret) {
  if (!system.dialect) return { provider: system.name, ...(secret ? { secret } : {}) };
  return { dialect: system.dialect, auth: secret ? { type: 'token', token: secret } : { type: 'key' } };
}

/** The name, or the first with a number behind it that no source has. */
function free(name, taken) {
  for (let i = 1; ; i++) {
    const one = i === 1 ? name : `${name}-${i}`;
    if (!taken.includes(one)) return one;
  }
}
