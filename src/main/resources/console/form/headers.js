import { html } from '../vendor/preact.js';
import { t } from '../lib/text.js';
import { Icon } from '../ui/icons.js';
import { Check } from './field.js';

const usual = ['X-Api-Key', 'X-Tenant', 'Accept', 'Accept-Language', 'Cache-Control', 'From', 'User-Agent'];

export function HeaderRows({ headers, set, problem }) {
  const change = (i, part) => set(headers.map((header, at) => (at === i ? { ...header, ...part } : header)));
  return html`<div class="stack tight">
    ${headers.map((header, i) => {
      const wrong = problem?.at(`/headers/${i}`);
      return html`<div class="field" key=${i}><div class="header-row">
        <input aria-label=${t('Name of header {n}', { n: i + 1 })} list="header-names" placeholder=${t('Name')} value=${header.name} aria-invalid=${wrong ? 'true' : undefined}
          spellcheck=${false} onInput=${(event) => change(i, { name: event.target.value })} />
        <input aria-label=${t('Value of header {n}', { n: i + 1 })} placeholder=${t('Value')} value=${header.value ?? ''} spellcheck=${false} autocomplete="off"
          type=${header.secret ? 'password' : 'text'} onInput=${(event) => change(i, { value: event.target.value })} />
        <${Check} label=${t('Secret')} checked=${Boolean(header.secret)} set=${(secret) => change(i, { secret })} />
        <button type="button" class="button plain icon-only" aria-label=${t('Remove header {n}', { n: i + 1 })} onClick=${() => set(headers.filter((one, at) => at !== i))}><${Icon} name="close" /></button>
      </div>${wrong && html`<div class="wrong" role="alert">${wrong}</div>`}</div>`;
    })}
    <datalist id="header-names">${usual.map((name) => html`<option value=${name} />`)}</datalist>
    <div><button type="button" class="button small" onClick=${() => set([...headers, { name: '', value: '' }])}><${Icon} name="plus" />${t('Add header')}</button></div>
  </div>`;
}
