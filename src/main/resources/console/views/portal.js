import { html, useEffect, useState } from '../vendor/preact.js';
import { Problem, call, signIn } from '../lib/api.js';
import { dress } from '../lib/look.js';
import { go, url } from '../lib/router.js';
import { t } from '../lib/text.js';
import { Brand } from '../ui/brand.js';
import { Loading, Note } from '../ui/parts.js';

/** Where a link of the host application leads: it is used up, and the visit begins. The link stands behind the #, which no log has. */
export function Portal() {
  const [failure, fail] = useState(null);
  useEffect(() => {
    const link = location.hash.slice(1);
    history.replaceState(null, '', location.pathname + location.search);
    call('POST', '/v1/portal/visit', { body: { link } }).then(({ token, logo, accent }) => {
      dress({ logo, accent });
      return signIn(token);
    }).then(() => go(url('/'), { replace: true })).catch(fail);
  }, []);
  return html`<main class="door"><div class="card"><${Brand} />
    ${failure ? html`<${Note} look="wait"><p><b>${t('This link has been used or has expired')}</b></p><p>${failure instanceof Problem && failure.status < 500 ? t('Each link opens one visit. Go back to where you came from, and open it again.') : t(failure.message)}</p><//>` : html`<${Loading} />`}</div></main>`;
}
