/** Numbers that a double cannot hold stay as they were written, where the browser can tell. */
export const parse = (source) => JSON.parse(source, (name, value, context) =>
  typeof value === 'number' && context?.source && JSON.rawJSON && String(value) !== context.source
    ? JSON.rawJSON(context.source)
    : value);

/** Indented, or null if it is no object or array. */
export function indented(text) {
  try {
    return /^\s*[[{]/.test(text) ? JSON.stringify(parse(text), null, 2) : null;
  } catch {
    return null;
  }
}
