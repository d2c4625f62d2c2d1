/** Numbers of which a double would lose digits stay as they were written, where the browser can tell; for showing alone. */
export const exactly = (source) => JSON.parse(source, (name, value, context) =>
  typeof value === 'number' && JSON.rawJSON && context?.source.replace(/\D/g, '').length > 15 ? JSON.rawJSON(context.source) : value);

/** Indented, or null if it is no object or array. */
export function indented(text) {
  try {
    return /^\s*[[{]/.test(text) ? JSON.stringify(exactly(text), null, 2) : null;
  } catch {
    return null;
  }
}
