import { html, useRef, useState } from '../vendor/preact.js';
import { get, me, worded } from '../lib/api.js';
import { useLoad } from '../lib/load.js';
import { place } from '../lib/router.js';
import { usePreview } from '../lib/preview.js';
import { meaning, outcome } from '../lib/states.js';
import { t } from '../lib/text.js';
import { Body, Code } from '../ui/code.js';
import { useFades } from '../ui/fades.js';
import { Loading, Note, State } from '../ui/parts.js';
import { settings } from './draft.js';
import { Area, Choice, Text } from './field.js';

const OWN = 'own';
const MOST_EVENTS = 5;
/** A type that the reader may ask for. */
const usual = () => me.get()?.eventTypes?.[0].replace(/\*+/g, 'created') ?? 'order.paid';
const sample = '{\n  "id": 7,\n  "total": "19.90"\n}';

/** What an event would look like, and whether it would be sent: beside the form, as it is typed. */
export function FormPreview({ id, draft, kinds, problem }) {
  const [choice, choose] = useState(null);
  const box = useRef();
  useFades(box);
  const [own, write] = useState(() => ({ type: usual(), text: sample }));
  const shown = place.get().query; // the event that the reader comes from
  const latest = useLoad((signal) => (id ? get(`/v1/webhooks/${id}/attempts`, { limit: 50 }, signal) : Promise.resolve({ attempts: shown.event ? [shown] : [] })), [id]);
  const events = [...new Map((latest.data?.attempts ?? []).map(({ event, type }) => [event, type])).entries()].slice(0, MOST_EVENTS);
  const types = (kinds.data ?? []).filter(({ sample: made }) => made).map(({ type }) => type);
  const chosen = choice ?? (events.length ? events[0][0] : draft.source ? '' : OWN);
  const body = chosen === OWN ? read(own.text) : undefined;
  const wanted = body === null ? null : {
    id: id ?? null, webhook: { ...settings(draft), url: draft.url.trim() || 'https://example.com/' },
    ...(chosen === OWN ? { type: own.type.trim() || null, body } : chosen.startsWith('evt_') ? { event: chosen } : { type: chosen || types.find((type) => isAsked(draft.eventTypes, type)) || null }),
  };
  const seen = usePreview(wanted);
  return html`<section class="card preview" ref=${box} aria-label=${t('What would be sent')}><div class="title"><h2>${t('What would be sent')}</h2></div><div class="body">
    <${Choice} id="preview-of" label=${t('Of the event')} value=${chosen} set=${choose} of=${[
    ...events.map(([event, type]) => [event, t('{type}, as received', { type: type ?? event })]),
    ...(draft.source ? [['', t('a sample')], ...types.map((type) => [type, t('{type}, a sample', { type })])] : []), [OWN, t('my own')]]} />
    ${chosen === OWN && html`${!draft.source && html`<${Text} id="preview-type" label=${t('Event type')} value=${own.type} set=${(type) => write({ ...own, type })} />`}
      <${Area} id="preview-body" label=${draft.source ? t('What the system sends') : t('Data')} rows=${5} value=${own.text} set=${(text) => write({ ...own, text })} error=${body === null ? t('This is no JSON object.') : null} />`}
    <${Seen} ...${seen} asked=${draft.eventTypes} said=${problem?.errors ?? []} /></div></section>`;
}

/** @param said what the form says already, where it is wrong */
function Seen({ data, error, asked, said }) {
  if (asked?.length === 0) return html`<${Note} look="wait"><p>${t('Choose at least one event.')}</p><//>`;
  if (error) return html`<${Note} look="wait"><p><b>${t('It cannot be shown yet')}</b></p>${(error.errors?.length ? error.errors : [{ detail: worded(error) }]).filter(({ pointer }) => !said.some((one) => one.pointer === pointer)).slice(0, 3).map(({ pointer, detail }) => html`<p class="alien">${pointer && html`<code>${pointer}</code> `}${detail}</p>`)}<//>`;
  if (!data) return html`<${Loading} />`;
  return html`<${Verdict} of=${data} />${data.request && html`<${Sent} request=${data.request} />`}`;
}

/** Whether it would be sent, and what says no. */
export function Verdict({ of }) {
  const no = of.checks.filter(({ matches }) => !matches);
  if (of.failure) return html`<${Note} look="bad"><p><b>${outcome(of.failure)}</b></p><p class="alien">${of.failure.detail}</p><p class="small">${meaning(of.failure)}</p><//>`;
  if (no.length === 0) return html`<div><${State}>${t('It would be sent')}<//></div>`;
  return html`<${Note} look="wait"><p><b>${t('This webhook would not get it')}</b></p>${no.map(({ part, pointer, detail }) => html`<p class="alien"><code>${pointer ?? part}</code> ${detail}</p>`)}<//>`;
}

export function Sent({ request }) {
  return html`<${Body} title=${t('Body')} text=${request.body ?? ''} />
    <${Code} title=${t('Headers')} text=${request.headers.map(({ name, value }) => `${name}: ${value}`).join('\n')} />`;
}

/** Whether the webhook asks for the type; what it says in another way, the API knows. */
function isAsked(patterns, type) {
  const fits = (pattern) => new RegExp(`^${pattern.split('.').map((part) => ({ '*': '[^.]+', '**': '.*' }[part] ?? part.replace(/[^\w-]/g, '\\$&'))).join('\\.')}$`).test(type);
  return !patterns || patterns.some(fits);
}

/** An object; null if it is none. */
export function read(text) {
  try {
    const found = JSON.parse(text);
    return found && typeof found === 'object' && !Array.isArray(found) ? found : null;
  } catch {
    return null;
  }
}
