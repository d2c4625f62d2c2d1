import { html } from '../vendor/preact.js';

const icon = new URL('../icon.svg', import.meta.url).pathname;

export const Brand = ({ href }) => html`<a class="brand" href=${href}><img src=${icon} alt="" />Sluice</a>`;
