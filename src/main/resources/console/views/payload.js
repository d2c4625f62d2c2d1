import { html } from '../vendor/preact.js';
import { Problem } from '../lib/api.js';
import { t } from '../lib/text.js';
import { Body, Json } from '../ui/code.js';
import { Failure, Loading, Note } from '../ui/parts.js';

/** Where it is gone, it says why. */
export function Payload({ event }) {
  if (event.loading && !event.data) return html`<${Loading} />`;
  if (event.error instanceof Problem && event.error.status === 404) {
    return html`<${Note}><p>${t('The payload is not kept any more. What is delivered is forgotten after a while, one hour if nothing else is set (journal.retention).')}</p><//>`;
  }
  if (event.error) return html`<${Failure} error=${event.error} retry=${event.reload} />`;
  if (!event.data) return null;
  if (event.data.dataBase64 !== undefined) return html`<${Body} title=${t('Not JSON, in base64')} text=${event.data.dataBase64} />`;
  return event.data.data === undefined ? html`<p class="soft">${t('The event has no data.')}</p>` : html`<${Json} title=${event.data.attributes.datacontenttype ?? 'application/json'} value=${event.data.data} />`;
}
