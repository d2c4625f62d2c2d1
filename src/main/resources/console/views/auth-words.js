import { t } from '../lib/text.js';

/** How a source lets in, in a few words. */
export function authWords(auth) {
  const words = { key: t('API key'), token: t('Token'), basic: t('User and password'), header: t('Header'), url: t('Secret in the URL'), networks: t('Address'), field: t('Secret in the body'), hmac: t('Signature'), signature: t('Signature'), sns: t('Signature'), none: t('None') };
  const all = (Array.isArray(auth) ? auth : [auth]).map((one) => words[one?.type] ?? one?.type);
  return [...new Set(all)].join(', ');
}
