// HPKE base mode, single shot (RFC 9180): DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM.
//
// X25519 is computed by the shipped code, because not every browser has it; the rest is WebCrypto's.
import { x25519 } from '@noble/curves/ed25519.js';
import { type Bytes, concat, random, u16, utf8 } from './bytes.ts';
import { expand, extract } from './hkdf.ts';

const KEM_ID = 0x0020;
const KDF_ID = 0x0001;
const AEAD_ID = 0x0001;
const BASE_MODE = 0x00;
const SECRET_LENGTH = 32;
const KEY_LENGTH = 16;
const NONCE_LENGTH = 12;

const VERSION = utf8('HPKE-v1');
const KEM_SUITE = concat(utf8('KEM'), u16(KEM_ID));
const SUITE = concat(utf8('HPKE'), u16(KEM_ID), u16(KDF_ID), u16(AEAD_ID));
const NOTHING: Bytes = new Uint8Array(0);

function labeledExtract(suite: Bytes, salt: Bytes | undefined, label: string, ikm: Bytes): Promise<Bytes> {
  return extract(salt, concat(VERSION, suite, utf8(label), ikm));
}

function labeledExpand(suite: Bytes, prk: Bytes, label: string, info: Bytes, length: number): Promise<Bytes> {
  return expand(prk, concat(u16(length), VERSION, suite, utf8(label), info), length);
}

/** Seals `plaintext` to `recipient`: the encapsulated key (32 bytes) and the ciphertext with its tag. `ephemeral` is for tests only. */
export async function seal(recipient: Bytes, info: Bytes, aad: Bytes, plaintext: Bytes, ephemeral: Bytes = random(32)): Promise<Bytes> {
  const enc = new Uint8Array(x25519.getPublicKey(ephemeral));
  // noble refuses the all-zero result that RFC 9180 section 7.1.4 forbids.
  const dh = new Uint8Array(x25519.getSharedSecret(ephemeral, recipient));
  const eaePrk = await labeledExtract(KEM_SUITE, undefined, 'eae_prk', dh);
  const shared = await labeledExpand(KEM_SUITE, eaePrk, 'shared_secret', concat(enc, recipient), SECRET_LENGTH);

  const pskIdHash = await labeledExtract(SUITE, undefined, 'psk_id_hash', NOTHING);
  const infoHash = await labeledExtract(SUITE, undefined, 'info_hash', info);
  const context = concat(BASE_MODE, pskIdHash, infoHash);
  const secret = await labeledExtract(SUITE, shared, 'secret', NOTHING);
  const key = await labeledExpand(SUITE, secret, 'key', context, KEY_LENGTH);
  const nonce = await labeledExpand(SUITE, secret, 'base_nonce', context, NONCE_LENGTH);

  const aes = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']);
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: aad }, aes, plaintext);
  return concat(enc, new Uint8Array(sealed));
}
