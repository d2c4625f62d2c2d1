import { html, useState } from '../vendor/preact.js';
import { lost } from '../lib/api.js';
import { live, useLive } from '../lib/live.js';
import { t } from '../lib/text.js';

/** Whether what is shown follows what happens. */
export function LiveMark() {
  const isLost = lost.use();
  const isLive = live.use() && !isLost;
  return html`<span class=${'live ' + (isLive ? 'on' : '')}>${isLive ? t('Live') : t('Not live just now')}</span>`;
}

/**
 * For a list that is loaded again when something new came; but where the reader is further down, or reads one of it, it stays
 * as it is, and says how much is new.
 */
export function useNews(list, wants) {
  const [count, set] = useState(0);
  const show = () => {
    set(0);
    scrollTo({ top: 0 });
    list.reload();
  };
  useLive(wants, (lines) => {
    const isReading = scrollY > 160 || document.querySelector('.drawer, dialog[open]') || String(getSelection());
    if (isReading) {
      set((before) => before + new Set(lines.map((line) => line.delivery ?? line.id)).size);
    } else {
      set(0);
      list.reload();
    }
  });
  return { count, show };
}
