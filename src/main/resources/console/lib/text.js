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

const formats = new Map();

/** One of Intl for each language and purpose, as they are dear to make: a list of a hundred rows needs several for each. */
export function format(Kind, options) {
  const name = `${language.get()} ${Kind.name} ${JSON.stringify(options)}`;
  if (!formats.has(name)) formats.set(name, new Kind(language.get(), options));
  return formats.get(name);
}

export function number(n) {
  return format(Intl.NumberFormat).format(n);
}

export function percent(share) {
  const digits = share > 0.99 && share < 1 ? 1 : 0;
  return format(Intl.NumberFormat, { style: 'percent', maximumFractionDigits: digits }).format(share);
}

/** Marks English that is translated where it is shown. */
export const later = (english) => english;

/** What the API says, whose words are English: as they are, and said to be its own where the reader has another language. */
export const quoted = (text) => (language.get() === 'en' || t(text) !== text ? t(text) : t('The API says: {text}', { text }));
