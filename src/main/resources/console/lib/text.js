import { spanish } from './es.js';
import { reader, store } from './store.js';

export const languages = { en: 'English', es: 'Español' };

const usual = (navigator.language || 'en').toLowerCase().startsWith('es') ? 'es' : 'en';
export const language = store(languages[reader.get('language')] ? reader.get('language') : usual);

export function speak(word) {
  reader.set('language', word);
  document.documentElement.lang = word;
  language.set(word);
}

/** In the reader's language; `{name}` stands for a value. English is the key. */
export function t(english, values) {
  const text = language.get() === 'es' ? spanish[english] ?? english : english;
  return values ? text.replace(/\{(\w+)\}/g, (all, name) => String(values[name] ?? all)) : text;
}

/** `plural(1, '{n} event', '{n} events')` */
export function plural(n, one, many) {
  return t(n === 1 ? one : many, { n: number(n) });
}

export function number(n) {
  return new Intl.NumberFormat(language.get()).format(n);
}

export function percent(share) {
  const digits = share > 0.99 && share < 1 ? 1 : 0;
  return new Intl.NumberFormat(language.get(), { style: 'percent', maximumFractionDigits: digits }).format(share);
}

/** Marks English that is translated where it is shown. */
export const later = (english) => english;
