import { store, tab } from './store.js';

/** How a host application wants its portal to look, for as long as the visit lasts: `{ logo, accent }`. */
export const look = store(kept());

function kept() {
  try {
    return JSON.parse(tab.get('look')) ?? {};
  } catch {
    return {};
  }
}

/** @param next nothing: as Sluice looks by itself */
export function dress(next = {}) {
  tab.set('look', next.logo || next.accent ? JSON.stringify(next) : null);
  look.set(next);
  paint(next.accent);
}

/** The API made the colours so that they can be read; what they tint is mixed as it reckoned with. */
function paint(accent) {
  const { style } = document.documentElement;
  const set = (name, light, dark) => (accent ? style.setProperty(name, `light-dark(${light}, ${dark})`) : style.removeProperty(name));
  const { light = {}, dark = {} } = accent ?? {};
  set('--blue', light.text, dark.text);
  set('--blue-fill', light.fill, dark.fill);
  set('--blue-tint', `color-mix(in srgb, ${light.text} 9%, #ffffff)`, `color-mix(in srgb, ${dark.text} 20%, #171a22)`);
}

paint(look.get().accent);
