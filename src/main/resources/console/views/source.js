import { html, useEffect, useState } from '../vendor/preact.js';
import { Problem, call, get, may, patch, remove } from '../lib/api.js';
import { useAction, useLoad } from '../lib/load.js';
import { go, url } from '../lib/router.js';
import { language, number, plural, quoted, t } from '../lib/text.js';
import { Area } from '../form/field.js';
import { HeaderRows } from '../form/headers.js';
import { Body, Code, Json } from '../ui/code.js';
import { confirm } from '../ui/dialogs.js';
import { Icon } from '../ui/icons.js';
import { Ago, Empty, Facts, Failure, Loading, Menu, Note, State, Tabs, Taken } from '../ui/parts.js';
import { complain, say } from '../ui/toasts.js';
import { authWords } from './auth-words.js';
import { FirstRequest, hasCome } from './first-request.js';
import { SetUp, howTo, told } from './set-up.js';
import { SourceSecret, given, hasSecret, isSigned } from './source-secret.js';
import { kinds } from './sources.js';

export function SourcePage({ name, tab }) {
  const found = useLoad((signal) => get(`/v1/sources/${name}`, {}, signal), [name]);
  const source = found.data;
  useEffect(() => () => given.get()?.source === name && given.set(null), [name]);
  const provider = useLoad((signal) => (source?.provider ? get('/v1/providers', {}, signal).then(({ providers }) => providers.find((one) => one.name === source.provider) ?? {}) : Promise.resolve(null)), [source?.provider]);
  if (!source) {
    if (found.error instanceof Problem && found.error.status === 404) {
      if (name === 'new') return html`<${ToNew} />`;
      return html`<div class="page"><div class="card"><${Empty} icon="source" title=${t('There is no such source')}><a class="button" href=${url('/sources')}>${t('All sources')}</a><//></div></div>`;
    }
    return found.error ? html`<div class="page"><${Failure} error=${found.error} retry=${found.reload} /></div>` : html`<${Loading} />`;
  }
  if (source.provider && !provider.data && !provider.error) return html`<${Loading} />`; // what is below would be pushed away
  const system = told(provider.data)?.title ?? source.provider ?? kinds[source.dialect];
  const tabs = [['', t('Events')], ['/refused', t('Refused'), source.seen?.refused + source.seen?.denied], ['/preview', t('Preview')], ['/settings', t('Settings')]];
  return html`<div class="page">
    <${Head} source=${source} system=${system} reload=${found.reload} />
    ${(source.warnings ?? []).length > 0 && html`<${Note} look="wait">${source.warnings.map((text) => html`<p>${text}</p>`)}<//>`}
    <${HowTo} source=${source} provider=${provider.data} />
    <${Tabs} label=${t('Of this source')} at=${`/sources/${name}`} tab=${tab} of=${tabs} />
    ${!tab && html`<${Arrivals} source=${source} />`}
    ${tab === 'refused' && html`<${Refused} source=${source} />`}
    ${tab === 'preview' && html`<${Preview} name=${name} />`}
    ${tab === 'settings' && html`<${Settings} source=${source} provider=${provider.data} reload=${found.reload} />`}
  </div>`;
}

/** As it is with webhooks; unless a source is called so. */
function ToNew() {
  useEffect(() => go(url('/sources', { new: 'yes' }), { replace: true }), []);
  return null;
}

function Head({ source, system, reload }) {
  const at = `/v1/sources/${source.name}`;
  const act = async (action, done) => {
    try {
      await action();
      say(done);
    } catch (error) {
      complain(error);
      return false;
    }
    return true;
  };
  const erase = async () => {
    const isMeant = await confirm({ title: t('Delete “{name}”?', { name: source.name }), action: t('Delete'), text: t('What it sends is refused from then on.') });
    if (isMeant && (await act(() => remove(at), t('Deleted')))) go(url('/sources'));
  };
  return html`<div class="stack tight"><a class="small soft" href=${url('/sources')}>${t('Sources')}</a><div class="head">
    <div><div class="row"><h1>${source.name}</h1><${State}>${source.enabled ? t('Active') : t('Inactive')}<//></div>
      <p>${system}${!source.enabled && `: ${t('its events are recorded and delivered to nobody')}`}</p></div>
    ${may('manage') && html`<div class="row"><label class="row"><input class="switch" type="checkbox" role="switch" checked=${source.enabled}
        onChange=${async (event) => (await act(() => patch(at, { enabled: event.target.checked }), event.target.checked ? t('Switched on') : t('Switched off')), reload())} />${t('Master switch')}</label>
      ${source.origin === 'api' && html`<${Menu} label=${t('More')}><button class="danger" onClick=${erase}><${Icon} name="trash" />${t('Delete')}</button><//>`}</div>`}
  </div></div>`;
}

/** What is to be done in the system itself. */
function HowTo({ source, provider }) {
  const now = given.use();
  const fresh = now?.source === source.name ? now : null;
  const isInUrl = Boolean(fresh?.secret) && [source.auth].flat().every(({ type }) => type === 'url');
  return html`<div class="card"><div class="body"><${SetUp} address=${location.origin + source.path + (isInUrl ? `/${fresh.secret}` : '')} setup=${(told(provider)?.setup ?? howTo()[source.dialect])?.replace('/NAME/', `/${source.name}/`)} documentation=${provider?.documentation}>
    ${isInUrl && html`<p class="soft small">${t('The secret stands in this URL already.')} ${fresh.isMadeUp && t('Copy it now: the sender needs it. It is not shown again.')}</p>`}
    ${fresh?.isMadeUp && !isInUrl && html`<div class="field"><span class="label">${t('Secret')}</span><${Taken} text=${fresh.secret} />
      <p class="soft small">${isSigned(source) ? t('Copy it now: the sender and your receiver need it. It is not shown again.') : t('Copy it now: the sender needs it. It is not shown again.')}</p></div>`}
    ${source.url && html`<p class="soft small">${t('The system signs the URL too: the source is told this one.')}</p>`}
    <p class="soft small">${t('Accepts: {how}.', { how: authWords(source.auth) })}</p><//></div></div>`;
}

/** What came; a source of which nothing ever did waits for it. */
function Arrivals({ source }) {
  const [isNew] = useState(!hasCome(source.seen));
  const [round, again] = useState(0);
  return html`<div class="stack">${isNew && html`<${FirstRequest} source=${source} came=${() => again(1)} />`}<${Types} key=${round} name=${source.name} isQuiet=${isNew} /></div>`;
}

function Types({ name, isQuiet }) {
  const found = useLoad((signal) => get('/v1/event-types', { source: name, limit: 500 }, signal).then((page) => page.eventTypes), [name]);
  const [open, set] = useState(null);
  const label = (kind) => kind.label?.[language.get()] ?? kind.label?.en;
  if (!found.data) return found.error ? html`<${Failure} error=${found.error} retry=${found.reload} />` : html`<${Loading} />`;
  if (isQuiet && found.data.length === 0) return null;
  const rows = [...found.data].sort((a, b) => (b.seen?.count ?? 0) - (a.seen?.count ?? 0));
  return html`<div class="card list">${rows.length === 0 ? html`<${Empty} icon="event" title=${t('Nothing received yet')} />` : html`<table>
    <thead><tr><th>${t('Event type')}</th><th>${t('What')}</th><th class="number">${t('Received')}</th><th>${t('Last')}</th><th><span class="hidden">${t('Sample')}</span></th></tr></thead>
    <tbody>${rows.map((kind) => html`<tr key=${kind.type}><td class="main-cell"><span class="mono cut" title=${kind.type}>${kind.type}</span></td><td class=${'soft ' + (label(kind) ? '' : 'none')}>${label(kind) ?? ''}</td>
      <td class=${'number ' + (kind.seen ? '' : 'none')} data-label=${t('Received')}>${kind.seen ? number(kind.seen.count) : '–'}</td><td class=${'soft fixed when ' + (kind.seen ? '' : 'none')}>${kind.seen ? html`<${Ago} at=${kind.seen.lastAt} />` : '–'}</td>
      <td class=${'end-cell ' + (kind.sample ? '' : 'none')}>${kind.sample && html`<button class="button small" onClick=${() => set(open === kind.type ? null : kind.type)}>${t('Sample')}</button>`}</td></tr>
      ${open === kind.type && html`<tr><td colspan="5"><${Json} title=${kind.type} value=${kind.sample} /></td></tr>`}`)}</tbody></table>`}</div>`;
}

function Refused({ source }) {
  const { name } = source;
  const found = useLoad((signal) => get(`/v1/sources/${name}/refused`, {}, signal).then((page) => page.refused), [name]);
  if (!found.data) return found.error ? html`<${Failure} error=${found.error} retry=${found.reload} />` : html`<${Loading} />`;
  if (found.data.length === 0) return html`<div class="card"><${Empty} icon="check" title=${t('Nobody was refused')}><p>${t('Every request was accepted, or there was none.')}</p><//></div>`;
  return html`<div class="stack tight">${found.data.map((one) => html`<details class="card fold"><summary><${Icon} name="right" /><${State} look="bad">${one.status}<//><span class="alien grow">${quoted(one.reason)}</span><small><${Ago} at=${one.at} /></small></summary>
    <div class="body">${may('manage') && hasSecret(source) && [401, 403].includes(one.status) && html`<p><a href=${url(`/sources/${name}/settings`)}>${t('Change the secret of the source')}</a></p>`}${one.body && html`<${Body} title=${t('Body')} text=${one.body} />`}<${Code} title=${t('Headers')} text=${Object.entries(one.headers).map(([header, value]) => `${header}: ${value}`).join('\n')} /></div></details>`)}</div>`;
}

/** What the rules keep of a request, and who would get it. */
function Preview({ name }) {
  const [text, set] = useState('');
  const [shown, show] = useState(null);
  const ask = useAction(async () => show(await call('POST', `/v1/sources/${name}/preview`, { body: text })));
  const submit = (event) => {
    event.preventDefault();
    ask.run();
  };
  return html`<div class="stack"><form class="card" onSubmit=${submit}><div class="body">
      <${Area} id="request" label=${t('A request, as the system sends it')} rows=${8} value=${text} set=${set} hint=${t('Nothing of it is stored or sent.')} />
      <${Failure} error=${ask.error} /><div class="end"><button class="button primary" disabled=${ask.busy || !text.trim()}><${Icon} name="eye" />${t('See what is kept')}</button></div></div></form>
    ${shown && html`<div class="card"><div class="body">
      ${shown.dropped ? html`<${Note} look="wait"><p>${t('It would not be kept, by the rule {rule}.', { rule: shown.rule })}</p><//>`
    : html`<${Note} look=${shown.webhooks.length ? 'good' : ''}><p>${plural(shown.webhooks.length, '{n} webhook would get it', '{n} webhooks would get it')}: ${shown.webhooks.map((one) => html`<a href=${url(`/webhooks/${one.id}`)}>${one.name}</a> `)}</p><//>`}
      <${Facts} of=${Object.entries(shown.attributes).map(([attribute, value]) => [attribute, value])} />
      ${(shown.redactions ?? []).length > 0 && html`<ul class="stack tight">${shown.redactions.map((one) => html`<li class="row"><span class="tag">${one.pointer}</span><span class="soft">${one.what} (${one.rule})</span></li>`)}</ul>`}
      ${shown.body && html`<${Body} title=${shown.unchanged ? t('Kept as received') : t('What would be kept')} text=${shown.body} />`}</div></div>`}</div>`;
}

function Settings({ source, provider, reload }) {
  const [headers, setHeaders] = useState(source.defaultHeaders ?? []);
  const [rules, setRules] = useState(JSON.stringify(source.rules ?? {}, null, 2));
  const save = useAction(async () => {
    await patch(`/v1/sources/${source.name}`, { defaultHeaders: headers.filter(({ name, value }) => name || value), rules: JSON.parse(rules) });
    say(t('Saved'));
    reload();
  });
  const isJson = (() => {
    try {
      return Boolean(JSON.parse(rules));
    } catch {
      return false;
    }
  })();
  const problem = save.error?.errors?.length ? save.error : null;
  const submit = (event) => {
    event.preventDefault();
    save.run();
  };
  return html`<div class="stack">${may('manage') && hasSecret(source) && html`<div class="card"><div class="title"><h2>${t('Secret')}</h2></div><div class="body"><${SourceSecret} source=${source} id="source-secret" label=${t('New secret')} done=${reload} isOwn=${source.provider ? provider?.ownSecret : true}
      hint=${isSigned(source) ? t('In place of the one that it has. The system gets it too, and a receiver that verifies its signature.') : t('In place of the one that it has. The system gets it too.')} /></div></div>`}
  <form class="card" onSubmit=${submit}><div class="body">
    <div class="field"><span class="label">${t('Default headers')}</span><div class="hint">${t('Of each delivery of its events, where the webhook has no value of its own.')}</div>
      <${HeaderRows} headers=${headers} set=${setHeaders} problem=${null} />${problem?.at('/defaultHeaders') && html`<div class="wrong" role="alert">${problem.at('/defaultHeaders')}</div>`}</div>
    <${Area} id="rules" label=${t('Privacy rules')} rows=${Math.min(30, Math.max(6, rules.split('\n').length))} value=${rules} set=${setRules} error=${isJson ? problem?.at('/rules') : t('This is no JSON.')} hint=${t('What is removed from a body before it is stored. The preview shows what they do.')} />
    ${save.error && !problem && html`<${Failure} error=${save.error} />`}
    ${may('manage') && html`<div class="end"><button class="button primary" disabled=${save.busy || !isJson}>${t('Save')}</button></div>`}</div></form></div>`;
}
