import { later, t } from './text.js';

/** What a webhook does, in a word; the worst there is to say comes first. */
export function ofWebhook(webhook) {
  const { circuit, failingSince, lastAttempt } = webhook.state;
  if (webhook.unreadable) return { look: 'bad', word: t('Unreadable') };
  if (!webhook.enabled) return webhook.disabledReason ? { look: 'bad', word: t('Switched off by Sluice') } : { look: '', word: t('Off') };
  if (webhook.paused) return { look: 'wait', word: t('Paused') };
  if (circuit === 'open') return { look: 'bad', word: t('Stopped') };
  if (circuit === 'half-open') return { look: 'wait', word: t('Probing') };
  if (failingSince) return { look: 'bad', word: t('Failing') };
  return lastAttempt ? { look: 'good', word: t('Delivering') } : { look: 'go', word: t('Nothing sent yet') };
}

/** What became of a delivery, in words that people know. */
export function ofDelivery({ state, attempts }) {
  switch (state) {
    case 'delivered': return { look: 'good', word: t('Delivered') };
    case 'dead': return { look: 'bad', word: t('Dead') };
    case 'waiting': return attempts > 0 ? { look: 'wait', word: t('Retrying') } : { look: 'wait', word: t('Waiting') };
    case 'pending': return { look: 'go', word: t('On its way') };
    case 'coalesced': return { look: '', word: t('Coalesced') };
    case 'cancelled': return { look: '', word: t('Cancelled') };
    default: return { look: '', word: t('Deleted') };
  }
}

/** Whether the same delivery went before, further down in rows that begin with the latest. */
export const isAgain = (rows, i) => rows.some(({ id }, at) => at > i && id === rows[i].id);

export function ofAttempt({ fate, status }) {
  if (fate === 'delivered') return { look: 'good', word: t('Delivered') };
  if (fate === 'refused') return { look: 'wait', word: t('Not yet') };
  if (fate === 'coalesced') return { look: '', word: t('Coalesced') };
  if (fate === 'cancelled') return { look: '', word: t('Cancelled') };
  return { look: 'bad', word: status || fate !== 'dead' ? t('Failed') : t('Dead') };
}

const reasons = {
  200: 'OK', 201: 'Created', 202: 'Accepted', 204: 'No Content', 301: 'Moved Permanently', 302: 'Found', 303: 'See Other',
  307: 'Temporary Redirect', 308: 'Permanent Redirect', 400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found',
  405: 'Method Not Allowed', 408: 'Request Timeout', 409: 'Conflict', 410: 'Gone', 413: 'Content Too Large', 415: 'Unsupported Media Type',
  422: 'Unprocessable Content', 429: 'Too Many Requests', 500: 'Internal Server Error', 501: 'Not Implemented', 502: 'Bad Gateway',
  503: 'Service Unavailable', 504: 'Gateway Timeout',
};

const errors = {
  dns: later('Name not found'), forbidden: later('Address not allowed'), connect: later('No connection'), auth: later('No access token'), tls: later('TLS failed'),
  timeout: later('No answer in time'), broken: later('Connection broke'), transform: later('Transformation failed'), internal: later('Sluice failed'),
};

/** `503 Service Unavailable`, or why there was no answer. */
export function outcome({ status, error, kind, reason }) {
  if (status) return reasons[status] ? `${status} ${reasons[status]}` : String(status);
  const word = error ?? kind;
  return word ? t(errors[word] ?? word) : reason ?? '';
}

const whys = [
  [/^the probe failed$/, later('the probe failed')], [/^it fails again$/, later('it fails again')],
  [/^(?<n>\d+) of the last (?<all>\d+) attempts failed$/, later('{n} of the last {all} attempts failed')],
  [/^gone: the endpoint answered 410$/, later('410 Gone: the endpoint wants no more events')],
  [/^exhausted: attempt (?<n>\d+) was the last$/, later('attempt {n} was the last')],
];

/** What Sluice says of its own doing, in the reader's language where it is known. */
export function told(why) {
  for (const [pattern, text] of whys) {
    const found = pattern.exec(why);
    if (found) return t(text, found.groups);
  }
  return why;
}

/** Where there was no time left for an answer, by the part that took it. */
const late = {
  dns: later('The name servers that this machine asks did not answer in time.'),
  connect: later('No connection was made in time. A firewall may drop it, or the receiver takes no more.'),
  tls: later('Something took the connection and did not speak TLS in time. Check the port, or whether the URL is http.'),
};

/** What it usually means, and where to look; null if there is nothing to add. */
export function meaning({ status, error, kind, timing }) {
  if ((error ?? kind) === 'timeout' && late[timing?.failedIn]) return t(late[timing.failedIn]);
  switch (error ?? kind) {
    case 'dns': return t('The name in the URL is in no DNS that this machine asks. Check its spelling.');
    case 'forbidden': return t('The address is private, or a gateway’s own. The operator allows networks in delivery.allowNetworks.');
    case 'connect': return t('Nothing listens there, or a firewall drops it. Check host and port, and that the receiver runs.');
    case 'auth': return t('The authorization server gave no token. Check client id, secret and token URL.');
    case 'tls': return t('The certificate is not trusted, expired, or for another name.');
    case 'timeout': return t('The receiver took longer than it may. Let it answer first and work afterwards, or raise the time limit.');
    case 'broken': return t('The receiver closed the connection before its answer was whole. It may have crashed or restarted.');
    case 'transform': return t('The transformation had no result for this event. Nothing was sent.');
    default:
  }
  if (status >= 300 && status < 400) return t('Redirects are not followed. Put the new address into the URL.');
  switch (status) {
    case 401: case 403: return t('The receiver wants other credentials, or rejects the signature.');
    case 404: case 405: return t('There is no such path at the receiver, or it takes no POST.');
    case 410: return t('The receiver says that it is gone for good.');
    case 413: return t('The body is larger than the receiver takes.');
    case 429: return t('The receiver asks for fewer requests. Sluice finds the pace that it takes.');
    case 502: case 503: case 504: return t('A proxy answers, but what is behind it does not. It may be starting.');
    default: return status >= 500 ? t('The receiver failed while it handled the request. Its log knows why.') : null;
  }
}
