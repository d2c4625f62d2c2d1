import { html } from '../vendor/preact.js';
import { later, t } from '../lib/text.js';
import { milliseconds, span } from '../lib/time.js';
import { Choice, Field, Segments, Text } from './field.js';

const periods = [[1000, later('a second')], [60_000, later('a minute')], [3_600_000, later('an hour')], [86_400_000, later('a day')]];
const usual = [5000, 300_000, 1_800_000, 7_200_000, 18_000_000];

export function PaceFields({ draft, set, problem }) {
  const { rateLimit, coalesce } = draft;
  const period = rateLimit?.periodMs ?? 1000;
  const whole = (text) => (/^\d+$/.test(text) ? Number(text) : text);
  const limit = (text) => set({ rateLimit: text === '' ? null : { ...(rateLimit ?? {}), limit: whole(text) } });
  return html`<div class="columns">
      <${Field} id="rate" label=${t('At most')} hint=${t('Over all pods. Empty: as fast as the receiver takes it.')} error=${problem?.at('/rateLimit')}>
        ${(field) => html`<div class="row joined"><input ...${field} class="grow" inputmode="numeric" placeholder=${t('no limit')} value=${rateLimit?.limit ?? ''} onInput=${(event) => limit(event.target.value)} />
          <select aria-label=${t('In each period')} disabled=${!rateLimit} value=${period} onChange=${(event) => set({ rateLimit: { ...rateLimit, periodMs: Number(event.target.value) } })}>
          ${(periods.some(([ms]) => ms === period) ? periods : [...periods, [period, span(period)]]).map(([ms, name]) => html`<option value=${ms}>${t(name)}</option>`)}</select></div>`}<//>
      <${Text} id="inFlight" label=${t('Requests at a time')} value=${draft.maxInFlight} inputmode="numeric" placeholder=${t('as the gateway has it')}
        set=${(text) => set({ maxInFlight: text === '' ? null : whole(text) })} error=${problem?.at('/maxInFlight')} />
      <${Span} id="timeout" label=${t('Time for an answer')} value=${draft.timeoutMs} placeholder=${t('as the gateway has it')}
        set=${(ms) => set({ timeoutMs: ms })} error=${problem?.at('/timeoutMs')} />
    </div>
    <${Choice} id="ordering" label=${t('Order')} value=${draft.ordering ?? 'none'} set=${(ordering) => set({ ordering })} error=${problem?.at('/ordering')}
      of=${[['none', t('Whatever is ready goes')], ['key', t('In order, by partition key')]]}
      hint=${t('In order, a delivery that fails holds those behind it with the same key.')} />
    <${Retries} retry=${draft.retry} set=${(retry) => set({ retry })} error=${problem?.at('/retry')} />
    <div class="columns">
      <${Span} id="quiet" label=${t('Collect bursts')} hint=${t('Of a burst only the last event is sent, when nothing came for so long. For builds and caches.')}
        value=${coalesce?.quietMs} placeholder=${t('off')} error=${problem?.at('/coalesce')} set=${(quietMs) => set({ coalesce: quietMs === null ? null : { ...(coalesce ?? {}), quietMs } })} />
      ${coalesce && html`<${Choice} id="by" label=${t('One burst for each')} value=${coalesce.by ?? 'webhook'} set=${(by) => set({ coalesce: { ...coalesce, by } })}
        of=${[['webhook', t('webhook')], ['key', t('partition key')]]} />`}
    </div>`;
}

/** A length of time as a person writes it; what cannot be read stays, and is sent as it is so that the API says what is wrong. */
const Span = ({ value, set, ...props }) => html`<${Text} ...${props} key=${props.id}
  value=${typeof value === 'number' ? span(value) : value} set=${(text) => set(text.trim() === '' ? null : lazily(text))} />`;

const lazily = (text) => {
  const ms = milliseconds(text);
  return !Number.isNaN(ms) && span(ms) === text.replace(/\s/g, '\u00a0') ? ms : text;
};

function Retries({ retry, set, error }) {
  const delays = retry?.delaysMs;
  const text = Array.isArray(delays) ? delays.map(span).join(', ') : delays ?? '';
  const write = (said) => {
    const parts = said.split(',').map((part) => milliseconds(part));
    const isSame = parts.every((ms) => !Number.isNaN(ms)) && parts.map(span).join(', ') === said;
    set({ ...retry, delaysMs: isSame ? parts : said });
  };
  return html`<div class="field"><span class="label">${t('When an attempt fails')}</span>
    <${Segments} name="retry" label=${t('When an attempt fails')} value=${retry ? 'own' : 'usual'} set=${(word) => set(word === 'own' ? { delaysMs: usual } : null)}
      of=${[['usual', t('As the gateway does, for days')], ['own', t('Own times')]]} />
    ${retry && html`<${Field} id="delays" error=${error} hint=${t('The pauses between the attempts, from 1 s to 7 d. After the last one the delivery is dead.')}>
      ${(field) => html`<input ...${field} value=${text} aria-label=${t('Pauses')} onInput=${(event) => write(event.target.value)} />`}<//>
      ${Array.isArray(delays) && html`<${Ladder} delays=${delays} />`}`}
  </div>`;
}

/** When the attempts come, on a line that grows by powers: hours would hide the first minutes. */
function Ladder({ delays }) {
  const times = delays.reduce((sum, delay) => [...sum, sum[sum.length - 1] + delay], [0]);
  const size = (ms) => Math.log10(1 + ms / 1000);
  const at = (ms) => `${(100 * size(ms)) / size(times[times.length - 1])}%`;
  return html`<div class="ladder" role="img" aria-label=${times.map(span).join(', ')}>${times.map((ms, i) => html`<i style=${{ left: at(ms) }} title=${t('Attempt {n}', { n: i + 1 })}></i>
    ${(i === 0 || i === times.length - 1 || times.length < 7) && html`<span class=${i === 0 ? 'first' : i === times.length - 1 ? 'last' : ''} style=${{ left: at(ms) }}>${i === 0 ? t('at once') : '+' + span(ms)}</span>`}`)}</div>`;
}

/** What is written as text becomes milliseconds where it can be read. */
export function spelled(value) {
  const ms = typeof value === 'string' ? milliseconds(value) : value;
  return Number.isNaN(ms) ? value : ms;
}
