import { html } from '../vendor/preact.js';
import { language, t } from '../lib/text.js';
import { Note, Taken } from '../ui/parts.js';
import { broken } from '../ui/words.js';

/** Of the systems that have a dialect of their own: what to do in their screens. */
export const howTo = () => ({
  strapi: t('In Strapi: Settings, Webhooks, Create new webhook. Put the URL there, and the header Authorization with “Bearer” and the token.'),
  cockpit: t('In Cockpit: Settings, Webhooks, Add webhook. Put the URL there, and the token as the header X-Sluice-Token.'),
  maya: t('In Maya: Settings, Webhooks, Add webhook. Put the URL there, and the token as the header X-Sluice-Token.'),
  modyo: t('In Modyo: Webhooks, New webhook. Put the URL there, choose the log types, and add the token as the header X-Sluice-Token.'),
});

/** What a provider says of itself, in the reader's language where it has that. */
export const told = (provider) => provider && { ...provider, ...provider.translations?.[language.get()] };

const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname);

/** What is to be done in the system itself. */
export const SetUp = ({ address, setup, documentation = [], children }) => html`<div class="field"><span class="label">${t('The system posts to')}</span>
  <${Taken} text=${address} />
  <p class="alien">${broken(setup ?? t('Any system that posts JSON may send there.'))}</p>${children}
  ${documentation.length > 0 && html`<div class="small stack tight">${documentation.map((page) => html`<a class="alien" href=${page} target="_blank" rel="noopener noreferrer">${broken(page)}</a>`)}</div>`}
  ${isHere && html`<${Note} look="wait"><p>${t('This address works on this machine only: a system elsewhere needs one that it can reach, a tunnel’s or a server’s.')}</p><//>`}</div>`;
