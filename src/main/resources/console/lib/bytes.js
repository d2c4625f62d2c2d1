import { format } from './text.js';

const units = ['B', 'KB', 'MB', 'GB', 'TB'];

/** `512 B`, `1.4 MB` */
export function bytes(n) {
  const power = Math.min(units.length - 1, n > 0 ? Math.floor(Math.log10(n) / 3) : 0);
  return `${format(Intl.NumberFormat, { maximumFractionDigits: power ? 1 : 0 }).format(n / 1000 ** power)}\u00a0${units[power]}`;
}
