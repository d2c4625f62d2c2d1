import { html, useEffect, useRef } from '../vendor/preact.js';
import { store } from '../lib/store.js';
import { t } from '../lib/text.js';

/** A modal dialog, open while it is rendered. */
export function Dialog({ title, wide, close, children }) {
  const dialog = useRef();
  useEffect(() => dialog.current.showModal(), []);
  return html`<dialog ref=${dialog} class=${wide ? 'wide' : ''} aria-label=${title} onClose=${close}><div><h2>${title}</h2>${children}</div></dialog>`;
}

const asked = store(null);

/** Asks before something that cannot be taken back. Resolves to whether the reader wants it. */
export function confirm({ title, text, action, danger = true }) {
  return new Promise((resolve) => asked.set({ title, text, action, danger, resolve }));
}

export function Confirm() {
  const question = asked.use();
  if (!question) return null;
  const answer = (value) => () => {
    asked.set(null);
    question.resolve(value);
  };
  return html`<${Dialog} title=${question.title} close=${answer(false)}>
    <p class="soft alien">${question.text}</p>
    <div class="end">
      <button class="button" autofocus onClick=${answer(false)}>${t('Cancel')}</button>
      <button class=${'button primary ' + (question.danger ? 'danger' : '')} onClick=${answer(true)}>${question.action}</button>
    </div>
  <//>`;
}

/** A panel beside the list that it belongs to; Esc leaves it. */
export function Drawer({ title, close, header, children }) {
  const panel = useRef();
  useEffect(() => {
    const before = document.activeElement;
    panel.current.focus();
    const leave = (event) => event.key === 'Escape' && !document.querySelector('dialog[open]') && !document.querySelector('.menu[open]') && close();
    addEventListener('keydown', leave);
    return () => {
      removeEventListener('keydown', leave);
      before?.isConnected && before.focus?.();
    };
  }, []);
  return html`<section class="drawer" ref=${panel} tabindex="-1" role="dialog" aria-label=${title}>
    <header>${header}</header><div class="inner">${children}</div></section>`;
}
