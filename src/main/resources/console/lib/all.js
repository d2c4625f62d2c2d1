import { get } from './api.js';

const PAGE = 500;
const MOST = 20;

/** Every webhook of the tenant; `isCut` if there are more than ten thousand. */
export async function everyWebhook(signal) {
  const all = [];
  let cursor = null;
  for (let i = 0; i < MOST; i++) {
    const page = await get('/v1/webhooks', { limit: PAGE, cursor }, signal);
    all.push(...page.webhooks);
    cursor = page.cursor;
    if (!cursor) break;
  }
  return { webhooks: all, isCut: Boolean(cursor) };
}
