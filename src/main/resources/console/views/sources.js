import { html } from '../vendor/preact.js';
import { get, may, patch } from '../lib/api.js';
import { useLoad, usePages } from '../lib/load.js';
import { place, url } from '../lib/router.js';
import { t } from '../lib/text.js';
import { Icon } from '../ui/icons.js';
import { Empty, Failure, Loading } from '../ui/parts.js';
import { complain, say } from '../ui/toasts.js';
import { authWords } from './auth-words.js';
import { told } from './set-up.js';
import { NewSource } from './source-new.js';

export const kinds = { strapi: 'Strapi', cockpit: 'Cockpit', maya: 'Maya', modyo: 'Modyo', generic: 'JSON' };

/** All of them; `?new=yes` makes another, as any name may be a source's. */
export function Sources() {
  return place.use().query.new ? html`<${NewSource} />` : html`<${SourceList} />`;
}

function SourceList() {
  const list = usePages(async (cursor, signal) => {
    const found = await get('/v1/sources', { limit: 100, cursor }, signal);
    return { rows: found.sources, cursor: found.cursor };
  }, []);
  const hasProvider = list.rows.some(({ provider }) => provider);
  const titles = useLoad((signal) => (hasProvider ? get('/v1/providers', {}, signal).then(({ providers }) => Object.fromEntries(providers.map(told).map(({ name, title }) => [name, title]))) : Promise.resolve({})), [hasProvider]);
  const turn = async (source, enabled) => {
    try {
      await patch(`/v1/sources/${source.name}`, { enabled });
      say(enabled ? t('Switched on') : t('Switched off'));
    } catch (error) {
      complain(error);
    }
    list.reload();
  };
  return html`<div class="page">
    <div class="head"><div><h1>${t('Sources')}</h1><p>${t('Systems whose own webhooks come in here.')}</p></div>
      ${may('manage') && html`<a class="button primary" href=${url('/sources', { new: 'yes' })}><${Icon} name="plus" />${t('New source')}</a>`}</div>
    <${Failure} error=${list.error} retry=${list.reload} />
    <div class="card list">
      ${list.loading && !list.data && html`<${Loading} />`}
      ${list.rows.length > 0 && html`<table><thead><tr><th>${t('Source')}</th><th>${t('System')}</th><th>${t('Accepts')}</th><th>${t('Tenant')}</th><th class="number">${t('Active')}</th></tr></thead>
        <tbody>${list.rows.map((source) => html`<tr key=${source.name} data-row>
          <td class="main-cell"><div class="two"><a data-open class="cut" href=${url(`/sources/${source.name}`)}>${source.name}</a><small class="faint mono cut">${source.path}</small></div></td>
          <td>${titles.data?.[source.provider] ?? (titles.loading ? '' : source.provider) ?? kinds[source.dialect] ?? source.dialect}</td><td class="soft">${authWords(source.auth)}</td>
          <td class=${'soft alien ' + (source.tenant ? '' : 'none')}>${source.tenant ?? '–'}</td>
          <td class="end-cell"><input class="switch above" type="checkbox" role="switch" aria-label=${source.name} checked=${source.enabled} disabled=${!may('manage')} onChange=${(event) => turn(source, event.target.checked)} /></td></tr>`)}</tbody></table>`}
      ${!list.loading && !list.error && list.rows.length === 0 && html`<${Empty} icon="source" title=${t('No sources yet')}><p>${t('A source takes what another system posts by itself, such as a CMS or a payment provider.')}</p><//>`}
      ${list.more && html`<div class="more"><button class="button small" onClick=${list.more}>${t('Show more')}</button></div>`}
    </div>
  </div>`;
}
