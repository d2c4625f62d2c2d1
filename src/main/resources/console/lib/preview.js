import { useEffect, useState } from '../vendor/preact.js';
import { call } from './api.js';

const PAUSE = 350;

/** What would be sent, asked a moment after `wanted` changed last; what was there stays meanwhile. */
export function usePreview(wanted) {
  const [state, set] = useState({});
  const text = JSON.stringify(wanted);
  useEffect(() => {
    if (!wanted) return undefined;
    const gone = new AbortController();
    const timer = setTimeout(() => call('POST', '/v1/webhooks/preview', { body: text, signal: gone.signal }).then(
      (data) => set({ data }),
      (error) => gone.signal.aborted || set((before) => ({ data: before.data, error }))), PAUSE);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [text]);
  return state;
}
