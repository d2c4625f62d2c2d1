import { html, render, useEffect, useState } from './vendor/preact.js';
import { Offline, Problem, enter, hasKey, lost, me, signOut } from './lib/api.js';
import { stop, work } from './lib/each.js';
import { followLinks, go, place, url } from './lib/router.js';
import { reader, store } from './lib/store.js';
import { language, languages, later, plural, speak, t } from './lib/text.js';
import { Brand } from './ui/brand.js';
import { Confirm } from './ui/dialogs.js';
import { Icon } from './ui/icons.js';
import { listen } from './ui/keys.js';
import { Empty, Failure, Loading } from './ui/parts.js';
import { Toasts } from './ui/toasts.js';
import { DeadLetters } from './views/dead-letters.js';
import { Deliveries } from './views/deliveries.js';
import { EventPage } from './views/event.js';
import { Events } from './views/events.js';
import { Keys } from './views/keys.js';
import { Overview } from './views/overview.js';
import { AnyPlayground, Playground } from './views/playground.js';
import { Portal } from './views/portal.js';
import { SignIn } from './views/sign-in.js';
import { SourcePage } from './views/source.js';
import { Sources } from './views/sources.js';
import { System } from './views/system.js';
import { WebhookForm } from './views/webhook-form.js';
import { WebhookPage } from './views/webhook.js';
import { Webhooks } from './views/webhooks.js';

const places = [
  ['/', 'overview', later('Overview')],
  ['/webhooks', 'webhook', later('Webhooks')],
  ['/deliveries', 'delivery', later('Deliveries')],
  ['/dead-letters', 'dead', later('Dead letters')],
  ['/events', 'event', later('Events')],
  ['/sources', 'source', later('Sources')],
  ['/keys', 'key', later('Keys')],
  ['/system', 'system', later('Pods and Redis')],
  ['/playground', 'play', later('Playground')],
];

/** What is at an address; the first that fits. */
const views = [
  [/^\/$/, () => html`<${Overview} />`],
  [/^\/webhooks$/, () => html`<${Webhooks} />`],
  [/^\/webhooks\/new$/, () => html`<${WebhookForm} />`],
  [/^\/webhooks\/([^/]+)\/edit$/, (id) => html`<${WebhookForm} key=${id} id=${id} />`],
  [/^\/webhooks\/([^/]+)(?:\/(statistics|dead-letters|test|replay|settings))?$/, (id, tab) => html`<${WebhookPage} key=${id} id=${id} tab=${tab} />`],
  [/^\/deliveries$/, () => html`<${Deliveries} />`],
  [/^\/dead-letters$/, () => html`<${DeadLetters} />`],
  [/^\/playground$/, () => html`<${AnyPlayground} />`],
  [/^\/playground\/([^/]+)$/, (name) => html`<${Playground} key=${name} name=${name} />`],
  [/^\/sources$/, () => html`<${Sources} />`],
  [/^\/sources\/([^/]+)(?:\/(refused|preview|settings))?$/, (name, tab) => html`<${SourcePage} key=${name} name=${name} tab=${tab} />`],
  [/^\/keys$/, () => html`<${Keys} />`],
  [/^\/system$/, () => html`<${System} />`],
  [/^\/events$/, () => html`<${Events} />`],
  [/^\/events\/([^/]+)$/, (id) => html`<${EventPage} key=${id} id=${id} />`],
];

/** Who the reader is may be known then, as when Redis is back. */
const SOON = 2000;

const theme = store(reader.get('theme') ?? '');

function wear(look) {
  reader.set('theme', look || null);
  document.documentElement.dataset.theme = look;
  theme.set(look);
}

function App() {
  const { path } = place.use();
  const isLost = lost.use();
  const who = me.use();
  const [failure, fail] = useState(null);
  const [round, again] = useState(0);
  language.use();
  const isArriving = path === '/portal';
  useEffect(() => {
    if (!isLost && !who && !isArriving) {
      enter().then(() => fail(null)).catch((error) => {
        if (error instanceof Problem && error.status === 401) signOut();
        else if (!(error instanceof Offline)) {
          fail(error);
          setTimeout(() => again((n) => n + 1), SOON);
        }
      });
    }
  }, [isLost, isArriving, round]);
  if (isArriving) return html`<${Portal} /><${Toasts} />`;
  if (who?.denied) return html`<${SignIn} isOver=${who.portal} /><${Toasts} />`;
  return html`<div class="frame">
    <${Side} path=${path} at=${views.some(([pattern]) => pattern.test(path)) ? path : ''} who=${who} />
    <div>
      ${isLost && html`<div class="banner" role="status">${t('Sluice does not answer. Trying again…')}</div>`}
      <main class="main" id="main">${failure ? html`<${Failure} error=${failure} />` : who ? view(path) : html`<${Loading} />`}</main>
    </div>
    <${Confirm} /><${Work} /><${Toasts} />
  </div>`;
}

/** What is done to many things at once, wherever the reader is. */
function Work() {
  const now = work.use();
  return now && html`<div class="work" role="status"><span>${now.what}<br /><small class="soft">${plural(now.left, '{n} left', '{n} left')}</small></span>
    <progress max=${now.all} value=${now.all - now.left}></progress><button class="button small" onClick=${stop}>${t('Stop')}</button></div>`;
}

function view(path) {
  for (const [pattern, make] of views) {
    const found = pattern.exec(path);
    if (found) return make(...found.slice(1).map((part) => part && decodeURIComponent(part)));
  }
  return html`<div class="page"><div class="card"><${Empty} icon="search" title=${t('Nothing is here')}>
    <p>${t('There is no such page in the console.')}</p><a class="button" href=${url('/')}>${t('To the overview')}</a><//></div></div>`;
}

/** @param at the path, if it leads to a place */
function Side({ path, at, who }) {
  const [open, set] = useState(false);
  const shown = places.filter(([to]) => (to !== '/playground' || who?.playground) && (to !== '/keys' || who?.role === 'admin') && (to !== '/system' || who?.tenant === null) && (!who?.portal || !['/sources', '/events', '/system'].includes(to)));
  useEffect(() => set(false), [path]);
  return html`<header class=${'side ' + (open ? 'open' : '')}>
    <div class="top"><${Brand} href=${url('/')} />
      <button class="button plain icon-only menu-button" aria-expanded=${open} aria-label=${t('Places')} onClick=${() => set(!open)}><${Icon} name=${open ? 'close' : 'menu'} /></button></div>
    <nav aria-label=${t('Places')}>${shown.map(([to, icon, name]) => html`<a href=${url(to)} aria-current=${(to === '/' ? at === to : at.startsWith(to)) ? 'page' : undefined}>
      <${Icon} name=${icon} />${t(name)}</a>`)}</nav>
    <${Foot} who=${who} />
  </header>`;
}

function Foot({ who }) {
  const { query } = place.use();
  const move = (event) => go(url('/webhooks', { tenant: event.target.value.trim() }));
  return html`<div class="foot">
    ${who && who.tenant === null && html`<div class="field"><label class="small soft" for="tenant">${t('Tenant')}</label>
      <input id="tenant" placeholder="default" value=${query.tenant ?? ''} onChange=${move} /></div>`}
    <a class="row soft small" href="/openapi.yaml" target="_blank" rel="noopener"><${Icon} name="book" />${t('API reference')}</a>
    <div class="pair">
      <select aria-label=${t('Language')} value=${language.get()} onChange=${(event) => speak(event.target.value)}>
        ${Object.entries(languages).map(([word, name]) => html`<option value=${word}>${name}</option>`)}</select>
      <select aria-label=${t('Colours')} value=${theme.use()} onChange=${(event) => wear(event.target.value)}>
        <option value="">${t('Automatic')}</option><option value="light">${t('Light')}</option><option value="dark">${t('Dark')}</option></select>
    </div>
    <div class="who"><span class="cut" title=${who?.name}>${who?.open ? t('No key needed yet') : who?.portal ? t('portal of {tenant}', { tenant: who.tenant }) : who?.name}</span>
      ${who && hasKey() && html`<button class="button plain small" onClick=${signOut}><${Icon} name="out" />${t('Sign out')}</button>`}</div>
  </div>`;
}

wear(theme.get());
document.documentElement.lang = language.get();
followLinks((path) => path === '/' || places.some(([to]) => to !== '/' && path.startsWith(to)));
listen();
render(html`<${App} />`, document.getElementById('app'));
