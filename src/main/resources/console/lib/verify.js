const bytes = (base64) => Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));

/** Whether the browser can check signatures: it may not on pages that came over plain HTTP from another machine. */
export const canVerify = () => Boolean(globalThis.crypto?.subtle);

/**
 * Whether a request is signed with one of the keys, as Standard Webhooks has it.
 *
 * @param keys `whsec_…` or `whpk_…`
 */
export async function verify({ headers, body, bodyBase64 }, keys) {
  const of = (name) => headers.find((header) => header.name.toLowerCase() === name)?.value ?? '';
  const head = new TextEncoder().encode(`${of('webhook-id')}.${of('webhook-timestamp')}.`);
  const text = body === undefined ? bytes(bodyBase64) : new TextEncoder().encode(body);
  const signed = new Uint8Array([...head, ...text]);
  const signatures = of('webhook-signature').split(' ').map((one) => one.split(','));
  for (const key of keys) {
    for (const [version, signature] of signatures) {
      if (signature && (await fits(key, version, signature, signed))) return true;
    }
  }
  return false;
}

async function fits(key, version, signature, signed) {
  const isSecret = key.startsWith('whsec_');
  if (version !== (isSecret ? 'v1' : 'v1a')) return false;
  const algorithm = isSecret ? { name: 'HMAC', hash: 'SHA-256' } : { name: 'Ed25519' };
  try {
    const imported = await crypto.subtle.importKey('raw', bytes(key.slice(6)), algorithm, false, ['verify']);
    return await crypto.subtle.verify(algorithm.name, imported, bytes(signature), signed);
  } catch {
    return false;
  }
}
