import { html, useState } from '../vendor/preact.js';
import { get, post } from '../lib/api.js';
import { curl } from '../lib/curl.js';
import { useAction, useLoad } from '../lib/load.js';
import { meaning, outcome } from '../lib/states.js';
import { t } from '../lib/text.js';
import { span } from '../lib/time.js';
import { Area, Text } from '../form/field.js';
import { read } from '../form/preview.js';
import { Body, Code } from '../ui/code.js';
import { Icon } from '../ui/icons.js';
import { Copy, Facts, Failure, Loading, Note, State } from '../ui/parts.js';
import { Timing } from '../ui/timing.js';
import { broken } from '../ui/words.js';
import { useSigner } from './source-secret.js';

/** What the gateway itself takes where anything will do. */
const ANY = 'sluice.test';

/** A type that the webhook asks for, written out; null: what its system takes for a test, which the gateway knows. */
function usual(webhook, kinds) {
  if (kinds.length > 0) return null;
  const [pattern = '**'] = webhook.eventTypes ?? [];
  return pattern === '**' ? ANY : pattern.replace(/\*+/g, 'test');
}

/** One request to the receiver, now. */
export function WebhookTest({ webhook }) {
  const [type, set] = useState('');
  const [report, show] = useState(null);
  const [text, write] = useState(null);
  const body = text === null ? null : read(text);
  const send = useAction(async () => show(await post(`/v1/webhooks/${webhook.id}/test`, { type: type.trim() || usual(webhook, kinds.data ?? []), body })));
  const kinds = useLoad((signal) => (webhook.source ? get('/v1/event-types', { source: webhook.source, limit: 500 }, signal).then((found) => found.eventTypes) : Promise.resolve([])), [webhook.source]);
  const signer = useSigner(webhook.source);
  const edit = () => write(JSON.stringify((kinds.data ?? []).find((kind) => kind.type === type.trim())?.sample ?? (kinds.data ?? []).find((kind) => kind.sample)?.sample ?? { id: 7, total: '19.90' }, null, 2));
  const submit = (event) => {
    event.preventDefault();
    send.run();
  };
  return html`<div class="stack">
    <form class="card" onSubmit=${submit}><div class="body">
      <p class="soft">${t('One signed request with made-up content, marked as a test. It is not tried again, and not part of the history. It goes out also while the webhook is off.')}</p>
      ${signer && html`<p class="soft">${t('It is not signed by {system}: a receiver that verifies that signature refuses it. Let the system send something, or replay.', { system: signer })}</p>`}
      <div class="row top"><div class="grow">
        <${Text} id="type" label=${t('Event type')} optional=${t('optional')} list="test-kinds" placeholder=${usual(webhook, kinds.data ?? []) ?? t('the test of the system itself')} value=${type} set=${set} />
        <datalist id="test-kinds">${(kinds.data ?? []).map((kind) => html`<option value=${kind.type} />`)}</datalist></div>
        <button class="button primary under-label" disabled=${send.busy || (text !== null && body === null)}><${Icon} name="send" />${t('Send a test')}</button></div>
      ${text === null ? html`<div><button type="button" class="button small" onClick=${edit}><${Icon} name="edit" />${t('Edit what is sent')}</button></div>`
    : html`<${Area} id="test-body" label=${webhook.source ? t('What the system sends') : t('Data')} rows=${8} value=${text} set=${write} error=${body === null ? t('This is no JSON object.') : null} />
        <div><button type="button" class="button small" onClick=${() => write(null)}>${t('Take the sample again')}</button></div>`}
      ${send.busy && html`<${Loading} />`}<${Failure} error=${send.error} />
    </div></form>
    ${report && html`<${Report} report=${report} />`}
  </div>`;
}

function Report({ report }) {
  const { answer, failure, request } = report;
  const what = answer ?? { kind: failure.kind, timing: report.timing };
  const hint = report.delivered ? null : meaning(what);
  const head = request.headers.map(({ name, value }) => `${name}: ${value}`).join('\n');
  return html`<div class="card"><div class="title"><span class="row"><${State} look=${report.delivered ? 'good' : 'bad'}>${outcome(what)}<//>
      <span class="soft">${t('after {time}', { time: span(report.durationMs) })}</span></span>
      <${Copy} text=${() => curl({ ...request })} label=${t('Copy as curl')} /></div>
    <div class="body">
      ${(failure || hint) && html`<${Note} look="bad">${failure && html`<p><b>${failure.detail}</b></p>`}${hint && html`<p>${hint}</p>`}<//>`}
      <${Timing} of=${report} />
      <${Facts} of=${[[t('Event type'), html`<code>${report.type}</code>`], [t('Sent to'), html`<code>${broken(request.url)}</code>`],
    [t('Leads to'), answer?.location], [t('Try again after'), answer?.retryAfter]]} />
      ${answer?.excerpt && html`<${Body} title=${t('Answer')} text=${answer.excerpt} />`}
      ${request.body && html`<${Body} title=${t('Body that was sent')} text=${request.body} />`}
      ${head && html`<${Code} title=${t('Headers that were sent')} text=${head} />`}
    </div></div>`;
}
