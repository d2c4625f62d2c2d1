import { html } from '../vendor/preact.js';
import { may, post } from '../lib/api.js';
import { each } from '../lib/each.js';
import { url } from '../lib/router.js';
import { meaning, outcome } from '../lib/states.js';
import { plural, t } from '../lib/text.js';
import { alike } from '../lib/trouble.js';
import { Body } from '../ui/code.js';
import { Icon } from '../ui/icons.js';
import { Ago } from '../ui/parts.js';
import { complain, say } from '../ui/toasts.js';

/** Failures of a webhook that are alike, with what mends them; nothing if there are none. */
export function Problems({ webhook, attempts, changed }) {
  const groups = alike(attempts);
  if (groups.length === 0) return null;
  const retry = async (notes) => {
    const failure = await each(t('Retrying'), notes, (note) => post(note.fate === 'dead' ? `/v1/dead-letters/${note.delivery}/retry` : `/v1/deliveries/${note.delivery}/retry`));
    if (failure) complain(failure);
    else say(plural(notes.length, '{n} goes now', '{n} go now'));
    changed();
  };
  return html`<section class="card"><div class="title"><h2>${t('Problems')}</h2><span class="soft small">${plural(attempts.length, 'in the last attempt', 'among the last {n} attempts')}</span></div>
    <ul class="problems">${groups.map(({ key, example, notes, first, last }) => html`<li key=${key}>
      <div class="row between top"><div class="grow"><b>${outcome(example)}</b>
        <p class="soft">${plural(notes.length, '{n} delivery', '{n} deliveries')}, ${first === last ? html`<${Ago} at=${last} />` : html`${t('first')} <${Ago} at=${first} />, ${t('last')} <${Ago} at=${last} />`}</p>
        ${meaning(example) && html`<p class="small soft">${meaning(example)}</p>`}</div>
        <div class="row"><a class="button small" href=${url(`/webhooks/${webhook.id}`, { delivery: example.delivery })}>${t('Example')}</a>
          ${may('manage') && html`<button class="button small" onClick=${() => retry(notes)}><${Icon} name="again" />${plural(notes.length, 'Retry {n}', 'Retry {n}')}</button>`}</div></div>
      ${(example.detail || example.body) && html`<details class="inline"><summary>${t('What it said')}</summary>
        ${example.detail && html`<p class="soft alien">${example.detail}</p>`}${example.body && html`<${Body} title=${t('Answer')} text=${example.body} />`}</details>`}
    </li>`)}</ul></section>`;
}
