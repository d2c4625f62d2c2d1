import { store } from './store.js';

/** Work on many things that goes on while the reader looks elsewhere: `{ what, left, all }`, or null. */
export const work = store(null);

let halt = false;

export const stop = () => (halt = true);

/** One after the other; resolves to the first failure, or null. A second round waits for nobody: it is refused. */
export async function each(what, things, act) {
  if (work.get()) return new Error(what);
  halt = false;
  let failure = null;
  for (let i = 0; i < things.length && !halt; i++) {
    work.set({ what, left: things.length - i, all: things.length });
    try {
      await act(things[i]);
    } catch (error) {
      failure ??= error;
    }
  }
  work.set(null);
  return failure;
}
