import { useEffect, useState } from '../vendor/preact.js';

/** A value that views follow. */
export function store(value) {
  const followers = new Set();
  return {
    get: () => value,
    set(next) {
      value = next;
      followers.forEach((tell) => tell({}));
    },
    /** For as long as the page is there. */
    follow: (tell) => followers.add(tell),
    use() {
      const [, tell] = useState({});
      useEffect(() => {
        followers.add(tell);
        return () => followers.delete(tell);
      }, []);
      return value;
    },
  };
}

/** What the browser keeps for this tab; memory where it may keep nothing. */
export const tab = keeper('sessionStorage');

/** What the browser keeps for this reader. */
export const reader = keeper('localStorage');

function keeper(kind) {
  const memory = new Map();
  const at = (name) => 'sluice.' + name;
  return {
    get(name) {
      try {
        return window[kind].getItem(at(name));
      } catch {
        return memory.get(name) ?? null;
      }
    },
    clear() {
      memory.clear();
      try {
        Object.keys(window[kind]).filter((name) => name.startsWith(at(''))).forEach((name) => window[kind].removeItem(name));
      } catch {
        // it keeps nothing
      }
    },
    set(name, value) {
      try {
        if (value === null) window[kind].removeItem(at(name));
        else window[kind].setItem(at(name), value);
      } catch {
        memory.set(name, value);
      }
    },
  };
}
