import { html, useState } from '../vendor/preact.js';
import { get, may, post } from '../lib/api.js';
import { useAction, useLoad } from '../lib/load.js';
import { url } from '../lib/router.js';
import { t } from '../lib/text.js';
import { exact } from '../lib/time.js';
import { Code } from '../ui/code.js';
import { Dialog, confirm } from '../ui/dialogs.js';
import { Icon } from '../ui/icons.js';
import { Failure, Loading, Note, Taken } from '../ui/parts.js';
import { snippets } from './snippets.js';
import { OwnSecret, useSigner } from './source-secret.js';

/** Once, when a webhook was made: the secret, and how a receiver uses it. */
export function Secret({ webhook, close }) {
  const keys = useLoad((signal) => (may('manage') ? get(`/v1/webhooks/${webhook.id}/secret`, {}, signal) : Promise.resolve(null)), [webhook.id]);
  const signer = useSigner(webhook.source);
  if (!may('manage')) return null;
  return html`<${Dialog} wide title=${t('Your webhook is ready')} close=${close}>
    <p class="soft">${t('Every request is signed with this secret. Give it to the receiver, so that it can tell Sluice from anybody else.')}</p><${OwnSecret} signer=${signer} />
    <${Failure} error=${keys.error} retry=${keys.reload} />
    ${keys.data ? html`<${Key} text=${keys.data.key} /><${Snippet} />` : keys.loading && html`<${Loading} />`}
    <div class="end"><a class="button" href=${url(`/webhooks/${webhook.id}/test`)}><${Icon} name="send" />${t('Send a test')}</a>
      <button class="button primary" autofocus onClick=${close}>${t('Done')}</button></div>
  <//>`;
}

const Key = ({ text }) => html`<${Taken} text=${text} />`;

function Snippet() {
  const [language, choose] = useState('JavaScript');
  const { install, code } = snippets[language];
  return html`<${Code} text=${code} title=${html`<code>${install}</code>`} tools=${html`<select class="small-select" aria-label=${t('Language')} value=${language} onChange=${(event) => choose(event.target.value)}>
    ${Object.keys(snippets).map((name) => html`<option value=${name}>${name}</option>`)}</select>`} />`;
}

/** On the page of settings: hidden until it is asked for. */
export function SecretCard({ webhook }) {
  const [keys, set] = useState(null);
  const show = useAction(async () => set(await get(`/v1/webhooks/${webhook.id}/secret`)));
  const rotate = useAction(async () => {
    const isMeant = await confirm({
      title: t('Create a new key?'), action: t('Create a new key'), danger: false,
      text: t('Both keys sign for a day, so the receiver can change over in the meantime.'),
    });
    if (isMeant) set(await post(`/v1/webhooks/${webhook.id}/secret/rotate`));
  });
  return html`<div class="card"><div class="title"><h2>${t('Signing secret')}</h2><span class="row">
      ${!keys && html`<button class="button small" disabled=${show.busy} onClick=${show.run}><${Icon} name="eye" />${t('Show')}</button>`}
      <button class="button small" disabled=${rotate.busy} onClick=${rotate.run}><${Icon} name="again" />${t('Create a new key')}</button></span></div>
    <div class="body"><${Failure} error=${show.error ?? rotate.error} />
      ${keys ? html`<${Key} text=${keys.key} />${keys.previous.map(({ key, until }) => html`<${Note}><p>${t('The former key signs too, until {time}.', { time: exact(until) })}</p><p><code class="alien">${key}</code></p><//>`)}<${Snippet} />`
    : html`<p class="soft">${t('The receiver checks signatures with it. Requests follow Standard Webhooks, so a library is there for every language.')}</p>`}</div></div>`;
}
