import { html, useEffect, useState } from '../vendor/preact.js';
import { call, get, may, me, post } from '../lib/api.js';
import { useAction, useLoad } from '../lib/load.js';
import { go, place, url } from '../lib/router.js';
import { plural, t } from '../lib/text.js';
import { AuthFields } from '../form/auth.js';
import { blank, kept, opened, settings } from '../form/draft.js';
import { EventChoice } from '../form/events.js';
import { Area, Choice, Fold, Segments, Text } from '../form/field.js';
import { HeaderRows } from '../form/headers.js';
import { PaceFields } from '../form/pace.js';
import { FormPreview } from '../form/preview.js';
import { Failure, Loading, Note } from '../ui/parts.js';
import { say } from '../ui/toasts.js';
import { OwnSecret, isSigned } from './source-secret.js';

/** Makes a webhook, or changes the one of this id. */
export function WebhookForm({ id }) {
  const before = useLoad((signal) => (id ? get(`/v1/webhooks/${id}`, {}, signal).then((webhook) => opened(webhook, me.get()?.eventTypes)) : Promise.resolve(null)), [id]);
  const sources = useLoad((signal) => get('/v1/sources', { limit: 500 }, signal).then((found) => found.sources), []);
  if (!may('manage')) return html`<div class="page narrow"><${Note} look="wait">${t('Your key may read, but not change webhooks.')}<//></div>`;
  if (before.error && !before.data) return html`<div class="page narrow"><${Failure} error=${before.error} retry=${before.reload} /></div>`;
  if ((before.loading && before.data === undefined) || (sources.loading && !sources.data)) return html`<${Loading} />`;
  return html`<${Form} id=${id} before=${before.data} sources=${sources.data ?? []} />`;
}

function Form({ id, before, sources }) {
  const { path, query } = place.use();
  const [form] = useState(() => url(path, query)); // that of another source, or to another URL, is another
  const [draft, write] = useState(() => {
    const typed = kept.read(form);
    return typed && typed.version === before?.version ? typed : before ?? { ...blank, url: query.url ?? '', source: query.source ?? null };
  });
  const set = (part) => write((now) => {
    const next = { ...now, ...part };
    kept.write(form, next);
    return next;
  });
  const choice = me.get()?.eventTypes;
  const source = sources.find(({ name }) => name === draft.source);
  const dialect = source?.dialect;
  const isPlayground = draft.url.startsWith(`${location.origin}/playground/`);
  const kinds = useLoad((signal) => (draft.source || choice ? everyKind(draft.source, signal) : Promise.resolve([])), [draft.source]);
  const save = useAction(async () => {
    const saved = id ? await call('PUT', `/v1/webhooks/${id}`, { body: settings(draft) }) : await post('/v1/webhooks', settings(draft));
    kept.drop(form);
    say(id ? t('Saved') : t('Created'));
    go(url(`/webhooks/${saved.id}${id ? '/settings' : ''}`, id ? {} : { made: 'yes' }));
  });
  const submit = (event) => {
    event.preventDefault();
    save.run();
  };
  const problem = save.error?.errors ? save.error : null;
  useEffect(() => problem && document.querySelector('.wrong, .note.bad')?.scrollIntoView({ block: 'center' }), [problem]);
  const drop = () => kept.drop(form);

  return html`<div class="page beside"><form class="stack" onSubmit=${submit} novalidate>
    <div class="head"><div><h1>${id ? t('Edit “{name}”', { name: before.name }) : t('New webhook')}</h1>
      ${!id && html`<p>${t('Only the URL is needed; everything else has a good default.')}</p>`}</div></div>
    ${problem && html`<${Note} look="bad"><p><b>${t('Not saved yet')}</b></p>${elsewhere(problem).map((text) => html`<p>${text}</p>`)}<//>`}
    ${save.error && !problem && html`<${Failure} error=${save.error} />`}
    <div class="card"><div class="body">
      <${Text} id="url" label="URL" required placeholder="https://example.com/hooks" value=${draft.url} set=${(text) => set({ url: text })} error=${problem?.at('/url')}
        hint=${isPlayground ? t('This is Sluice’s own playground, which shows what comes. Put the URL of your receiver in its place.') : t('Events are sent there by POST, signed.')} />
      <div class="columns">
        <${Text} id="name" label=${t('Name')} optional=${t('optional')} placeholder=${t('the host of the URL')} value=${draft.name} set=${(name) => set({ name })} error=${problem?.at('/name')} />
        ${!me.get()?.portal && html`<${Choice} id="source" label=${t('Events come from')} value=${draft.source ?? ''} set=${(source) => set({ source: source || null })} error=${problem?.at('/source')}
          of=${[['', t('any source')], ...sourceNames(sources, draft.source)]} />`}
      </div>
    </div></div>
    <${EventChoice} types=${draft.eventTypes} set=${(eventTypes) => set({ eventTypes })} dialect=${dialect} kinds=${kinds} choice=${choice} error=${problem?.at('/eventTypes') && draft.eventTypes?.length === 0 ? t('Choose at least one event.') : problem?.at('/eventTypes')} />
    <div class="card"><div class="title"><h2>${t('Headers and authentication')}</h2></div><div class="body">
      <${AuthFields} auth=${draft.auth} set=${(auth) => set({ auth })} problem=${problem} />
      <${HeaderRows} headers=${draft.headers} set=${(headers) => set({ headers })} problem=${problem} /></div></div>
    <${Fold} title=${t('Body')} sum=${draft.transform ? t('transformed') : draft.body ?? t('default')} open=${Boolean(problem?.at('/body') || problem?.at('/transform'))}><${BodyFields} draft=${draft} set=${set} problem=${problem} /><//>
    <${Fold} title=${t('Filter')} sum=${draft.filter.trim() ? t('set') : t('none')} open=${Boolean(problem?.at('/filter'))}>
      <${Area} id="filter" label=${t('Only events that are like this')} rows=${6} value=${draft.filter} set=${(filter) => set({ filter })} error=${problem?.at('/filter')}
        placeholder=${'{ "exact": { "/data/entry/status": "live" } }'}
        hint=${t('A filter of the CloudEvents Subscriptions API in JSON: exact, prefix, suffix, all, any, not, sql.')} /><//>
    <${Fold} title=${t('Pace, order and retries')} sum=${pace(draft)} open=${['/rateLimit', '/maxInFlight', '/timeoutMs', '/ordering', '/retry', '/coalesce'].some((at) => problem?.at(at))}>
      <${PaceFields} draft=${draft} set=${set} problem=${problem} /><//>
    <${Fold} title=${t('Signature')} sum=${draft.signing?.algorithm ?? 'hmac-sha256'} open=${Boolean(problem?.at('/signing'))}><${SigningFields} draft=${draft} set=${set} problem=${problem} /><${OwnSecret} signer=${source && isSigned(source) ? source.provider ?? source.name : null} /><//>
    <div class="sticky-end"><a class="button" href=${url(id ? `/webhooks/${id}` : '/webhooks')} onClick=${drop}>${t('Cancel')}</a>
      <button class="button primary" disabled=${save.busy}>${id ? t('Save') : t('Create webhook')}</button></div>
  </form><${FormPreview} id=${id} draft=${draft} kinds=${kinds} problem=${problem} /></div>`;
}

async function everyKind(source, signal) {
  const all = [];
  let cursor = null;
  do {
    const page = await get('/v1/event-types', { source, limit: 500, cursor }, signal);
    all.push(...page.eventTypes);
    cursor = page.cursor;
  } while (cursor);
  return all;
}

/** A source that is set up no more stays what it is. */
function sourceNames(sources, present) {
  const names = sources.map(({ name, dialect }) => [name, name === dialect ? name : `${name} (${dialect})`]);
  return present && !names.some(([name]) => name === present) ? [...names, [present, present]] : names;
}

const SHOWN = ['/url', '/name', '/source', '/eventTypes', '/headers', '/auth', '/body', '/transform', '/filter', '/rateLimit', '/maxInFlight', '/timeoutMs', '/ordering', '/retry', '/coalesce', '/signing'];

/** What no field of the form would say. */
const elsewhere = (problem) => problem.errors.length === 0 ? [problem.message]
  : unshown(problem).length === 0 ? [t('Correct the marked fields.')] : unshown(problem);

const unshown = (problem) => problem.errors.filter(({ pointer }) => !SHOWN.some((at) => pointer === at || pointer.startsWith(at + '/'))).map(({ pointer, detail }) => `${pointer}: ${detail}`);

function pace({ rateLimit, retry, ordering, coalesce }) {
  const said = [rateLimit && t('limited'), ordering === 'key' && t('in order'), retry && plural(retry.delaysMs?.length ?? 0, '{n} retry', '{n} retries'), coalesce && t('bursts collected')].filter(Boolean);
  return said.join(', ') || t('default');
}

function BodyFields({ draft, set, problem }) {
  const isTransformed = draft.transform !== null;
  const modes = [['', t('Default')], ['payload', t('As received')], ['standard', 'Standard Webhooks'], ['cloudevents', 'CloudEvents'], ['cloudevents-binary', t('CloudEvents in headers')], ['transform', t('Transformed')]];
  const choose = (word) => set(word === 'transform' ? { transform: '{ "text": data.title }', body: null } : { transform: null, body: word || null });
  return html`<${Segments} name="body" label=${t('Body')} value=${isTransformed ? 'transform' : draft.body ?? ''} set=${choose} of=${modes} />
    ${isTransformed && html`<${Area} id="transform" label=${t('JSONata expression')} rows=${6} value=${draft.transform} set=${(transform) => set({ transform })} error=${problem?.at('/transform')}
      hint=${t('Its result is the body. The event is a CloudEvent in JSON: type, source, time, data.')} />`}`;
}

function SigningFields({ draft, set, problem }) {
  const signing = draft.signing ?? {};
  const part = (name) => (value) => set({ signing: { ...signing, [name]: value || null } });
  return html`<div class="columns">
    <${Choice} id="algorithm" label=${t('Kind of key')} value=${signing.algorithm ?? 'hmac-sha256'} set=${part('algorithm')} error=${problem?.at('/signing/algorithm')}
      of=${[['hmac-sha256', t('Shared secret (HMAC-SHA256)')], ['ed25519', t('Pair of keys (Ed25519)')]]} />
    <${Text} id="bodyHeader" label=${t('Header of a second signature')} optional=${t('optional')} placeholder="X-Signature-256" value=${signing.bodyHeader} set=${part('bodyHeader')} error=${problem?.at('/signing/bodyHeader')} />
  </div>`;
}
