import { html, useState } from '../vendor/preact.js';
import { enter, get, may, post, remove, signIn } from '../lib/api.js';
import { useAction, usePages } from '../lib/load.js';
import { t } from '../lib/text.js';
import { Choice, Text } from '../form/field.js';
import { Dialog, confirm } from '../ui/dialogs.js';
import { Icon } from '../ui/icons.js';
import { Ago, Empty, Failure, Loading, Note, Taken } from '../ui/parts.js';
import { complain, say } from '../ui/toasts.js';

const roles = ['read', 'manage', 'publish', 'admin'].map((role) => [role, role]);

const what = () => ({ read: t('Looks, and changes nothing.'), manage: t('Changes webhooks and sources too.'), publish: t('Sends events, and nothing else.'), admin: t('Everything, keys too.') });

export function Keys() {
  const [isNew, open] = useState(false);
  const list = usePages(async (cursor, signal) => {
    const found = await get('/v1/keys', { limit: 100, cursor }, signal);
    return { rows: found.keys, cursor: found.cursor };
  }, []);
  if (!may('admin')) return html`<div class="page narrow"><${Note} look="wait">${t('Keys are for the role admin.')}<//></div>`;
  const erase = async (key) => {
    const isMeant = await confirm({ title: t('Delete “{name}”?', { name: key.name }), action: t('Delete'), text: t('Whoever uses it is refused within a second.') });
    if (!isMeant) return;
    try {
      await remove(`/v1/keys/${key.id}`);
      say(t('Deleted'));
      list.reload();
    } catch (error) {
      complain(error);
    }
  };
  return html`<div class="page">
    <div class="head"><div><h1>${t('Keys')}</h1><p>${t('Who may use the API, and this console.')}</p></div>
      <button class="button primary" onClick=${() => open(true)}><${Icon} name="plus" />${t('New key')}</button></div>
    <${Failure} error=${list.error} retry=${list.reload} />
    <div class="card list">${list.loading && !list.data && html`<${Loading} />`}
      ${list.rows.length > 0 && html`<table><thead><tr><th>${t('Name')}</th><th>${t('Role')}</th><th>${t('Tenant')}</th><th>${t('Source')}</th><th>${t('Created')}</th><th><span class="hidden">${t('Delete')}</span></th></tr></thead>
        <tbody>${list.rows.map((key) => html`<tr key=${key.id}><td class="main-cell"><div class="two"><b class="cut">${key.name}</b><small class="faint mono">${key.id}</small></div></td><td><span class="tag">${key.role}</span></td>
          <td class=${'soft alien ' + (key.tenant ? '' : 'none')}>${key.tenant ?? t('any')}</td><td class=${'soft alien ' + (key.source ? '' : 'none')}>${key.source ?? t('any')}</td><td class="soft fixed when"><${Ago} at=${key.createdAt} /></td>
          <td class="end-cell"><button class="button small plain danger" onClick=${() => erase(key)}><${Icon} name="trash" />${t('Delete')}</button></td></tr>`)}</tbody></table>`}
      ${!list.loading && !list.error && list.rows.length === 0 && html`<${Empty} icon="key" title=${t('No keys yet')}><p>${t('Everybody on this machine may do everything. The first key ends that: from then on each call needs one.')}</p><//>`}
      ${list.more && html`<div class="more"><button class="button small" onClick=${list.more}>${t('Show more')}</button></div>`}</div>
    ${isNew && html`<${NewKey} isFirst=${!list.loading && list.rows.length === 0} close=${() => (open(false), list.reload())} />`}
  </div>`;
}

function NewKey({ isFirst, close }) {
  const [draft, write] = useState({ name: '', role: isFirst ? 'admin' : 'read', tenant: '', source: '' });
  const [made, show] = useState(null);
  const set = (part) => write({ ...draft, ...part });
  const make = useAction(async () => {
    const { name, role, tenant, source } = draft;
    const key = await post('/v1/keys', { name: name.trim(), role, ...(tenant && role !== 'admin' ? { tenant } : {}), ...(source && role === 'publish' ? { source } : {}) });
    show(key);
    if (isFirst) await signIn(key.token);
    else await enter();
  });
  const problem = make.error?.errors?.length ? make.error : null;
  const submit = (event) => {
    event.preventDefault();
    make.run();
  };
  if (made) {
    return html`<${Dialog} title=${t('Your key')} close=${close}><p class="soft">${t('It is shown this once. Keep it where secrets are kept.')}</p>
      <${Taken} text=${made.token} />
      ${isFirst && html`<${Note}><p>${t('From now on each call needs a key. This tab is signed in with it.')}</p><//>`}
      <div class="end"><button class="button primary" onClick=${close}>${t('Done')}</button></div><//>`;
  }
  return html`<${Dialog} title=${t('New key')} close=${close}><form class="stack" onSubmit=${submit}>
    <${Text} id="key-name" label=${t('Name')} placeholder=${t('who uses it')} value=${draft.name} set=${(name) => set({ name })} error=${problem?.at('/name')} />
    <${Choice} id="role" label=${t('Role')} value=${draft.role} set=${(role) => set({ role })} of=${roles} hint=${what()[draft.role]} error=${problem?.at('/role')} />
    ${draft.role !== 'admin' && html`<${Text} id="key-tenant" label=${t('Tenant')} optional=${t('optional')} value=${draft.tenant} set=${(tenant) => set({ tenant })} error=${problem?.at('/tenant')} />`}
    ${draft.role === 'publish' && html`<${Text} id="key-source" label=${t('Source')} optional=${t('optional')} value=${draft.source} set=${(source) => set({ source })} error=${problem?.at('/source')} />`}
    ${make.error && !problem && html`<${Failure} error=${make.error} />`}
    <div class="end"><button type="button" class="button" onClick=${close}>${t('Cancel')}</button><button class="button primary" disabled=${make.busy}>${t('Create key')}</button></div></form><//>`;
}
