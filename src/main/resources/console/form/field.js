import { html } from '../vendor/preact.js';
import { Icon } from '../ui/icons.js';

/** A label, what is to be filled in, a hint, and what is wrong with it. `children` gets the attributes of the input. */
export function Field({ id, label, hint, error, optional, children }) {
  const described = [hint && `${id}-hint`, error && `${id}-wrong`].filter(Boolean).join(' ') || undefined;
  return html`<div class="field">
    ${label && html`<label for=${id}>${label}${optional && html` <span class="faint small">${optional}</span>`}</label>`}
    ${children({ id, 'aria-invalid': error ? 'true' : undefined, 'aria-describedby': described })}
    ${error && html`<div class="wrong alien" id=${id + '-wrong'} role="alert"><${Icon} name="alert" />${error}</div>`}
    ${hint && html`<div class="hint" id=${id + '-hint'}>${hint}</div>`}
  </div>`;
}

export const Text = ({ value, set, type = 'text', ...props }) => html`<${Field} ...${props}>
  ${(field) => html`<input ...${field} type=${type} value=${value ?? ''} placeholder=${props.placeholder} required=${props.required} list=${props.list}
    min=${props.min} max=${props.max} inputmode=${props.inputmode} autocomplete="off" spellcheck=${false} onInput=${(event) => set(event.target.value)} />`}<//>`;

export const Area = ({ value, set, rows = 5, ...props }) => html`<${Field} ...${props}>
  ${(field) => html`<textarea ...${field} rows=${rows} spellcheck=${false} placeholder=${props.placeholder} value=${value ?? ''} onInput=${(event) => set(event.target.value)} />`}<//>`;

export const Choice = ({ value, set, of, ...props }) => html`<${Field} ...${props}>
  ${(field) => html`<select ...${field} value=${value} onChange=${(event) => set(event.target.value)}>
    ${of.map(([word, name]) => html`<option value=${word}>${name}</option>`)}</select>`}<//>`;

export const Segments = ({ name, label, value, set, of }) => html`<div class="segments" role="radiogroup" aria-label=${label}>
  ${of.map(([word, text]) => html`<label><input type="radio" name=${name} value=${word} checked=${value === word} onChange=${() => set(word)} />${text}</label>`)}</div>`;

export const Check = ({ checked, set, label, hint }) => html`<label class="check"><input type="checkbox" checked=${checked}
  onChange=${(event) => set(event.target.checked)} /><span>${label}${hint && html`<small>${hint}</small>`}</span></label>`;

export const Fold = ({ title, sum, open, children }) => html`<details class="card fold" open=${open}>
  <summary><${Icon} name="right" />${title}<small>${sum}</small></summary><div class="body">${children}</div></details>`;
