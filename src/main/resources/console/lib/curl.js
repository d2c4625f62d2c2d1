const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/** The same request for a shell. Masked values stay masked. */
export const curl = ({ url, headers = [], body }) => [`curl ${quoted(url)}`,
  ...headers.map(({ name, value }) => `-H ${quoted(`${name}: ${value}`)}`), ...(body ? [`--data-raw ${quoted(body)}`] : [])].join(' \\\n  ');
