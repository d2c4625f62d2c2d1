import { html, useState } from '../vendor/preact.js';
import { post } from '../lib/api.js';
import { indented } from '../lib/json.js';
import { useLoad } from '../lib/load.js';
import { t } from '../lib/text.js';
import { Segments } from '../form/field.js';
import { Sent, Verdict } from '../form/preview.js';
import { Diff } from '../ui/diff.js';
import { Failure, Loading } from '../ui/parts.js';
import { Payload } from './payload.js';

/** A payload as it came, as the webhook sends it, and what is different. */
export function CameAndSent({ event, webhook }) {
  const [view, show] = useState('came');
  const isBoth = event.data && webhook;
  return html`<section class="stack"><div class="row between"><h3>${t('Payload')}</h3>
    ${isBoth && html`<${Segments} name="payload" label=${t('Payload')} value=${view} set=${show} of=${[['came', t('As received')], ['sent', t('As it is sent')], ['changes', t('Changes')]]} />`}</div>
    ${view === 'came' || !isBoth ? html`<${Payload} event=${event} />` : html`<${OnTheWire} event=${event.data} webhook=${webhook} view=${view} />`}</section>`;
}

function OnTheWire({ event, webhook, view }) {
  const found = useLoad(() => post('/v1/webhooks/preview', { id: webhook.id, event: event.id }, { tenant: webhook.tenant }), [event.id, webhook.id]);
  if (found.error) return html`<${Failure} error=${found.error} retry=${found.reload} />`;
  if (!found.data) return html`<${Loading} />`;
  const { request, failure } = found.data;
  if (failure) return html`<${Verdict} of=${found.data} />`;
  if (view === 'sent') return html`<p class="small soft">${t('With the settings that the webhook has now; signatures are made when it goes.')}</p><${Sent} request=${request} />`;
  return html`<${Diff} title=${t('From what came to what is sent')} before=${JSON.stringify(event.data ?? event.dataBase64 ?? '', null, 2)} after=${indented(request.body ?? '') ?? request.body ?? ''} />`;
}
