import { html, useState } from '../vendor/preact.js';
import { look } from '../lib/look.js';
import { t } from '../lib/text.js';

const icon = new URL('../icon.svg', import.meta.url).pathname;

/** The logo of the host application in its portal; else, and where that cannot be had, our own. */
export function Brand({ href }) {
  const { logo } = look.use();
  const [broken, give] = useState(null);
  if (logo && broken !== logo) return html`<a class="brand" href=${href} aria-label=${t('Overview')}><img class="logo" src=${logo} alt="" onError=${() => give(logo)} /></a>`;
  return html`<a class="brand" href=${href}><img src=${icon} alt="" />Sluice</a>`;
}
