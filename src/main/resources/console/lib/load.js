import { useCallback, useEffect, useRef, useState } from '../vendor/preact.js';
import { lost } from './api.js';

/** What `ask(signal)` finds, asked again when `about` changes or the connection is back; what was there stays meanwhile. */
export function useLoad(ask, about) {
  const [state, set] = useState({ loading: true });
  const [round, again] = useState(0);
  const isLost = lost.use();
  useEffect(() => {
    if (isLost) return;
    const gone = new AbortController();
    set((before) => ({ ...before, loading: true }));
    ask(gone.signal).then(
      (data) => gone.signal.aborted || set({ data, loading: false }),
      (error) => gone.signal.aborted || set((before) => ({ data: before.data, error, loading: false })));
    return () => gone.abort();
  }, [...about, round, isLost]);
  return { ...state, reload: useCallback(() => again((n) => n + 1), []) };
}

/** A list that is read page by page: `ask(cursor, signal)` gives `{ rows, cursor }`. */
export function usePages(ask, about) {
  const first = useLoad((signal) => ask(null, signal), about);
  const [more, set] = useState({ of: null, rows: [], cursor: null });
  const busy = useRef(false);
  const isCurrent = more.of === first.data;
  const cursor = isCurrent ? more.cursor : first.data?.cursor;
  const rows = [...(first.data?.rows ?? []), ...(isCurrent ? more.rows : [])];
  const next = async () => {
    if (busy.current || !cursor) return;
    busy.current = true;
    try {
      const page = await ask(cursor);
      set({ of: first.data, rows: [...(isCurrent ? more.rows : []), ...page.rows], cursor: page.cursor });
    } finally {
      busy.current = false;
    }
  };
  return { ...first, rows, more: cursor ? next : null };
}

/** Runs an action, and says whether it runs or what went wrong. */
export function useAction(act) {
  const [state, set] = useState({ busy: false, error: null });
  const run = async (...args) => {
    set({ busy: true, error: null });
    try {
      const found = await act(...args);
      set({ busy: false, error: null });
      return found;
    } catch (error) {
      set({ busy: false, error });
      return undefined;
    }
  };
  return { ...state, run };
}
