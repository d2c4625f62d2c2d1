import { html, useState } from '../vendor/preact.js';
import { language, t } from '../lib/text.js';
import { Icon } from '../ui/icons.js';
import { Failure, Loading, Search } from '../ui/parts.js';
import { Segments } from './field.js';

const spoken = (label) => label?.[language.get()] ?? label?.en;
const label = (kind) => spoken(kind.label) ?? kind.type;
const grouped = (kind) => spoken(kind.groupLabel) ?? kind.group ?? t('Seen');

/** Which events: all of them, or some in the manner of the system that sends them. @param choice what may be chosen at all */
export function EventChoice({ types, set, dialect, kinds, choice, error }) {
  const isSome = types !== null;
  return html`<div class="card">
    <div class="title"><h2>${t('Events')}</h2>
      <${Segments} name="events" label=${t('Events')} value=${isSome ? 'some' : 'all'} set=${(word) => set(word === 'all' ? null : [])}
        of=${[['all', t('All events')], ['some', t('Only some')]]} /></div>
    ${error && html`<div class="body"><${Failure} error=${{ title: t('Events'), message: error }} /></div>`}
    ${!isSome && html`<div class="body">${choice ? html`<p class="soft">${t('Every event that there is for you:')}</p><span class="tags">${choice.map((type) => html`<span class="tag" key=${type}>${type}</span>`)}</span>`
    : html`<p class="soft">${t('Every event of the source, of types that come later too.')}</p>`}</div>`}
    ${isSome && (kinds.loading && !kinds.data ? html`<${Loading} />` : html`<${Some} types=${types} set=${set} dialect=${dialect} kinds=${kinds.data ?? []} />`)}
  </div>`;
}

function Some({ types, set, dialect, kinds }) {
  const isListed = (type) => kinds.some((kind) => kind.type === type);
  if (dialect === 'strapi') {
    return html`<${Matrix} types=${types} set=${set} kinds=${kinds} />
      ${types.some((type) => !isListed(type)) && html`<div class="body"><${Chips} types=${types} set=${set} kinds=${kinds} shown=${(type) => !isListed(type)} /></div>`}`;
  }
  if (dialect === 'modyo') return html`<div class="body"><${Chips} types=${types} set=${set} kinds=${kinds} /><${Groups} types=${types} set=${set} kinds=${kinds} /></div>`;
  return html`<div class="body"><${Chips} types=${types} set=${set} kinds=${kinds} />
    <p class="soft small">${t('* stands for one part of a name, ** for any number of parts: order.*, **.created.')}</p>
    ${kinds.length > 0 && html`<details class="inline"><summary>${t('Choose from a list')}</summary><${Groups} types=${types} set=${set} kinds=${kinds} /></details>`}
  </div>`;
}

const toggled = (types, some, on) => (on ? [...new Set([...types, ...some])] : types.filter((type) => !some.includes(type)));

/** As Strapi has it: a row for each group, a column for what happened, and a box for a whole row. */
function Matrix({ types, set, kinds }) {
  const groups = [...new Set(kinds.map((kind) => kind.group))];
  const large = groups.filter((group) => ['entry', 'media'].includes(group));
  const columns = [...new Map(kinds.filter((kind) => large.includes(kind.group)).map((kind) => [kind.type.split('.')[1], label(kind)])).entries()];
  const others = kinds.filter((kind) => !large.includes(kind.group));
  return html`<div class="matrix"><table style=${{ '--rows': columns.length + 1 }}>
    <thead><tr><th scope="col">${t('What')}</th>${columns.map(([, name]) => html`<th scope="col">${name}</th>`)}</tr></thead>
    <tbody>${large.map((group) => {
      const all = kinds.filter((kind) => kind.group === group).map((kind) => kind.type);
      const some = all.filter((type) => types.includes(type));
      return html`<tr><th scope="row"><label class="check"><input type="checkbox" checked=${some.length === all.length} ref=${(box) => box && (box.indeterminate = some.length > 0 && some.length < all.length)}
          onChange=${(event) => set(toggled(types, all, event.target.checked))} /><span>${grouped(kinds.find((kind) => kind.group === group))}</span></label></th>
        ${columns.map(([action, name]) => {
          const type = `${group}.${action}`;
          const kind = kinds.find((one) => one.type === type);
          return html`<td>${kind && html`<input type="checkbox" title=${kind.tooltip ?? type} aria-label=${`${group}: ${name}`} checked=${types.includes(type)}
            onChange=${(event) => set(toggled(types, [type], event.target.checked))} />`}</td>`;
        })}</tr>`;
    })}</tbody></table></div>
    ${others.length > 0 && html`<div class="body"><div class="pick">${others.map((kind) => html`<${Box} kind=${kind} types=${types} set=${set} />`)}</div></div>`}`;
}

const Box = ({ kind, types, set }) => html`<label class="check" title=${kind.tooltip}><input type="checkbox" checked=${types.includes(kind.type)}
  onChange=${(event) => set(toggled(types, [kind.type], event.target.checked))} /><span>${label(kind)}<small class="mono">${kind.type}</small>
  ${kind.highRate && html`<small>${t('Comes very often')}</small>`}</span></label>`;

function Groups({ types, set, kinds }) {
  const [q, search] = useState('');
  const fit = kinds.filter((kind) => !q || `${kind.type} ${label(kind)}`.toLowerCase().includes(q.toLowerCase()));
  const groups = [...new Set(fit.map((kind) => kind.group ?? ''))];
  return html`<div class="stack">
    <${Search} value=${q} onInput=${search} placeholder=${t('Search events')} />
    ${groups.map((group) => {
      const some = fit.filter((kind) => (kind.group ?? '') === group);
      const all = some.map((kind) => kind.type);
      const isAll = all.every((type) => types.includes(type));
      return html`<fieldset class="group"><legend class="row"><b>${grouped(some[0])}</b>
        <button type="button" class="button plain small" onClick=${() => set(toggled(types, all, !isAll))}>${isAll ? t('Clear') : t('All')}</button></legend>
        <div class="pick">${some.map((kind) => html`<${Box} kind=${kind} types=${types} set=${set} />`)}</div></fieldset>`;
    })}</div>`;
}

/** Free text, with suggestions; any name may be written. */
function Chips({ types, set, kinds, shown = () => true }) {
  const [text, write] = useState('');
  const add = () => {
    const found = text.split(/[\s,]+/).filter(Boolean);
    if (found.length) set(toggled(types, found, true));
    write('');
  };
  const press = (event) => {
    if ((event.key === 'Enter' || event.key === ',' || event.key === ' ') && text.trim()) {
      event.preventDefault();
      add();
    } else if (event.key === 'Enter') {
      event.preventDefault();
    } else if (event.key === 'Backspace' && !text) {
      set(types.slice(0, -1));
    }
  };
  return html`<div class="chips">
    ${types.filter(shown).map((type) => html`<span class="chip">${type}<button type="button" aria-label=${t('Remove {name}', { name: type })} onClick=${() => set(types.filter((one) => one !== type))}><${Icon} name="close" /></button></span>`)}
    <input aria-label=${t('Event type')} list="kinds" placeholder=${types.length ? t('Add another') : t('order.paid, customer.*')} value=${text}
      onInput=${(event) => write(event.target.value)} onKeyDown=${press} onBlur=${add} onChange=${(event) => kinds.some((kind) => kind.type === event.target.value) && add()} />
    <datalist id="kinds">${kinds.map((kind) => html`<option value=${kind.type}>${label(kind)}</option>`)}</datalist></div>`;
}
