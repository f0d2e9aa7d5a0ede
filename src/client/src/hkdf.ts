// HMAC-SHA256 and HKDF (RFC 5869) by WebCrypto.
import { type Bytes, concat } from './bytes.ts';

const HASH_LENGTH = 32;

/** HMAC-SHA256 (RFC 2104). The key must not be empty: WebCrypto refuses that. */
export async function hmac(key: Bytes, message: Bytes): Promise<Bytes> {
  const imported = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, message));
}

/** HKDF-Extract. No salt means a salt of zeros, which HMAC's padding makes the same key as the empty one. */
export function extract(salt: Bytes | undefined, ikm: Bytes): Promise<Bytes> {
  return hmac(salt ?? new Uint8Array(HASH_LENGTH), ikm);
}

/** HKDF-Expand. */
export async function expand(prk: Bytes, info: Bytes, length: number): Promise<Bytes> {
  let block: Bytes = new Uint8Array(0);
  let output: Bytes = new Uint8Array(0);
  for (let i = 1; output.length < length; i++) {
    block = await hmac(prk, concat(block, info, i));
    output = concat(output, block);
  }
  return output.slice(0, length);
}
