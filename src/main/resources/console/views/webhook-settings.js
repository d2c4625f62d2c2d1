import { html } from '../vendor/preact.js';
import { may } from '../lib/api.js';
import { url } from '../lib/router.js';
import { plural, t } from '../lib/text.js';
import { exact, span } from '../lib/time.js';
import { Json } from '../ui/code.js';
import { Icon } from '../ui/icons.js';
import { Copy, Facts } from '../ui/parts.js';
import { SecretCard } from './secret.js';
import { Types } from './webhooks.js';

export function WebhookSettings({ webhook }) {
  const { rateLimit, retry, coalesce, headers, auth } = webhook;
  const limit = rateLimit && t('{n} in {period}', { n: rateLimit.limit, period: span(rateLimit.periodMs ?? 1000) });
  return html`<div class="stack">
    <div class="card"><div class="title"><h2>${t('Settings')}</h2>
      ${may('manage') && html`<a class="button small" href=${url(`/webhooks/${webhook.id}/edit`)}><${Icon} name="edit" />${t('Change')}</a>`}</div>
      <div class="body"><${Facts} of=${[
        [t('Id'), html`<span class="row"><code>${webhook.id}</code><${Copy} text=${webhook.id} /></span>`],
        [t('Events'), html`<${Types} of=${webhook.eventTypes} most=${50} />`],
        [t('Events come from'), webhook.source ?? t('any source')],
        [t('Headers'), headers?.length > 0 && html`<span class="stack tight">${headers.map(({ name, value }) => html`<code>${name}: ${value}</code>`)}</span>`],
        [t('Authentication'), auth ? { basic: t('User and password'), bearer: t('Bearer token'), oauth2: 'OAuth 2' }[auth.type] : t('None')],
        [t('Body'), webhook.transform ? t('transformed') : webhook.body ?? t('default')],
        [t('At most'), limit],
        [t('Requests at a time'), webhook.maxInFlight],
        [t('Time for an answer'), webhook.timeoutMs && span(webhook.timeoutMs)],
        [t('Retries'), retry ? `${plural(retry.delaysMs.length, '{n} retry', '{n} retries')}: ${retry.delaysMs.map(span).join(', ')}` : t('as the gateway has it')],
        [t('Order'), webhook.ordering === 'key' ? t('by partition key') : t('none')],
        [t('Collect bursts'), coalesce && span(coalesce.quietMs)],
        [t('Created'), exact(webhook.createdAt)],
        [t('Changed'), exact(webhook.updatedAt)],
      ]} /></div></div>
    ${webhook.filter && html`<${Json} title=${t('Filter')} value=${webhook.filter} />`}
    ${may('manage') && !webhook.unreadable && html`<${SecretCard} webhook=${webhook} />`}
  </div>`;
}
