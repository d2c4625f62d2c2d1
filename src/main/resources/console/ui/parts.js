import { html, useEffect, useRef, useState } from '../vendor/preact.js';
import { Offline } from '../lib/api.js';
import { url } from '../lib/router.js';
import { later, number, t } from '../lib/text.js';
import { exact, now, relative } from '../lib/time.js';
import { Icon } from './icons.js';
import { useFades } from './fades.js';
import { say } from './toasts.js';
import { broken } from './words.js';

/** "3 minutes ago", and the exact time on hover. */
export function Ago({ at }) {
  const from = now.use();
  return at ? html`<time datetime=${at} title=${exact(at)}>${relative(at, Math.max(from, Date.now()))}</time>` : '–';
}

/** When something is to happen; what should have happened already waits for something else. */
export function Due({ at }) {
  const from = now.use();
  return new Date(at) > Math.max(from, Date.now()) ? html`<${Ago} at=${at} />` : html`<span title=${exact(at)}>${t('as soon as possible')}</span>`;
}

export const State = ({ look = '', children, title }) => html`<span class=${'state ' + look} title=${title}>${children}</span>`;

export const Note = ({ look = '', children }) => html`<div class=${'note ' + look} role=${look === 'bad' ? 'alert' : undefined}>
  <${Icon} name=${look === 'good' ? 'check' : look === 'bad' || look === 'wait' ? 'alert' : 'info'} /><div>${children}</div></div>`;

/** What the API says most when it is in trouble. */
later('Redis does not answer; try again.');

/** What went wrong, in words, and a way to try again. */
export function Failure({ error, retry }) {
  if (!error || error instanceof Offline) return null;
  return html`<${Note} look="bad">
    <p><b>${error.title ? t(error.title) : t('That did not work')}</b></p>
    <p>${t(error.message)}</p>
    ${retry && html`<p><button class="button small" onClick=${retry}>${t('Try again')}</button></p>`}
  <//>`;
}

export const Empty = ({ icon, title, children }) => html`<div class="empty">
  <${Icon} name=${icon} /><h2>${title}</h2>${children}</div>`;

export function Copy({ text, label, small = true }) {
  const [done, set] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === 'function' ? text() : text);
      set(true);
      setTimeout(() => set(false), 1500);
    } catch {
      say(t('The browser does not let this page copy. Select the text instead.'), 'bad');
    }
  };
  const word = label ?? t('Copy');
  return html`<button type="button" class=${'button above ' + (small ? 'small ' : '') + (label ? '' : 'plain icon-only')}
    onClick=${copy} title=${word} aria-label=${word}><${Icon} name=${done ? 'check' : 'copy'} />${label && html`<span class="word">${done ? t('Copied') : label}</span>`}</button>`;
}

/** What is to be taken elsewhere, such as an address or a key. */
export const Taken = ({ text }) => html`<div class="secret row"><code class="grow alien">${broken(text)}</code><${Copy} text=${text} label=${t('Copy')} /></div>`;

export const Loading = () => html`<div class="loading" role="status"><span class="hidden">${t('Loading')}</span></div>`;

export function Search({ value, onInput, placeholder }) {
  return html`<div class="search"><${Icon} name="search" /><input type="search" data-search value=${value}
    placeholder=${placeholder} aria-label=${placeholder} onInput=${(event) => onInput(event.target.value)} />${!value && html`<kbd>/</kbd>`}</div>`;
}

export function Menu({ label, children }) {
  const menu = useRef();
  useEffect(() => {
    const close = (event) => menu.current && (event.type === 'click' ? !menu.current.querySelector('summary').contains(event.target) : event.key === 'Escape') && (menu.current.open = false);
    addEventListener('click', close);
    addEventListener('keydown', close);
    return () => {
      removeEventListener('click', close);
      removeEventListener('keydown', close);
    };
  }, []);
  return html`<details class="menu" ref=${menu}><summary class="button icon-only" aria-label=${label} title=${label}><${Icon} name="dots" /></summary><div>${children}</div></details>`;
}

/** The parts of a page, each with its own address. @param of `[address, name, how many]` */
export function Tabs({ label, at, tab = '', of }) {
  const bar = useRef();
  useEffect(() => {
    const here = bar.current.querySelector('[aria-current]');
    if (here) bar.current.scrollLeft = here.offsetLeft - bar.current.offsetLeft - (bar.current.clientWidth - here.offsetWidth) / 2;
  }, [tab]);
  useFades(bar);
  return html`<nav class="tabs" ref=${bar} aria-label=${label}>${of.map(([to, name, count]) => html`<a href=${url(at + to)} aria-current=${to.slice(1) === tab ? 'page' : undefined}>
    ${name}${count > 0 && html`<span class="count">${number(count)}</span>`}</a>`)}</nav>`;
}

/** Little bars, oldest first; the latest stand first in the page, so that those without room are the oldest. @param heights from 0 to 1, or as their looks are */
export const Bars = ({ looks, heights, title }) => html`<div class="bars" role="img" aria-label=${title} title=${title}>
  ${looks.map((look, i) => html`<i class=${look} style=${{ height: heights ? `${4 + 24 * heights[i]}px` : look === 'good' ? '16px' : look ? '28px' : '6px' }}></i>`).reverse()}</div>`;

export const Facts = ({ of }) => html`<dl class="facts">${of.filter(([, value]) => value !== null && value !== undefined && value !== false)
  .map(([name, value]) => html`<dt>${name}</dt><dd class="alien">${typeof value === 'string' ? broken(value) : value}</dd>`)}</dl>`;
