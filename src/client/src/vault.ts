// Names and keys for what the browser keeps, derived from the link secret. Only the holder of the link can find or read it.
import { type Bytes, hex, utf8 } from './bytes.ts';

/** What the browser may keep under one link. */
export interface Vault {
  /** A name that tells nothing to whoever does not hold the link. */
  readonly id: string;
  seal(plaintext: Bytes): Promise<Sealed>;
  /** Throws when the bytes were not sealed under this link. */
  open(sealed: Sealed): Promise<Bytes>;
}

export interface Sealed {
  readonly iv: Bytes;
  readonly data: Bytes;
}

/** Derives name and key by HKDF from the link secret. Nothing of the credential is ever derived from it. */
export async function openVault(wave: string, secret: Bytes): Promise<Vault> {
  const material = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits', 'deriveKey']);
  const hkdf = (info: string): HkdfParams => ({ name: 'HKDF', hash: 'SHA-256', salt: utf8(wave), info: utf8(info) });
  const name = await crypto.subtle.deriveBits(hkdf('candor/v1/browser-name'), material, 128);
  const key = await crypto.subtle.deriveKey(hkdf('candor/v1/browser-key'), material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  return {
    id: hex(new Uint8Array(name)),
    async seal(plaintext) {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      return { iv, data: new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, plaintext)) };
    },
    async open({ iv, data }) {
      return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, data));
    },
  };
}
