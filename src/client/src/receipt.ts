// The receipt: a signed leaf that says "this sealed envelope is in the box", with no time and no content.
import { ed25519 } from '@noble/curves/ed25519.js';
import { type Bytes, base64url, concat, equal, fromBase64url, fromHex, hex, sha256, utf8 } from './bytes.ts';
import { showShortCode } from './code.ts';
import { Value } from './json.ts';
import type { NamedManifest } from './manifest.ts';

const FORMAT = 'candor-receipt/1';

export interface Receipt {
  readonly leaf: Bytes;
  readonly signature: Bytes;
}

/** The leaf for a nonce and a sealed ballot: `H(nonce || H(ct))`. */
export function receiptLeaf(nonce: Bytes, ct: Bytes): Bytes {
  return sha256(nonce, sha256(ct));
}

/** Whether a signature of the round's board key stands under these bytes. */
export function signed(boardKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, message, boardKey, { zip215: false });
  } catch {
    return false;
  }
}

/** Whether the receipt is signed for this round. */
export function receiptHolds(receipt: Receipt, { manifest, h }: NamedManifest): boolean {
  return signed(manifest.boardKey, concat(utf8('candor/v1/receipt'), 0, h, receipt.leaf), receipt.signature);
}

export function shortCode(receipt: Receipt): string {
  return showShortCode(receipt.leaf);
}

/** The file that a person may keep. */
export function writeReceipt(receipt: Receipt, { manifest, h }: NamedManifest): string {
  const { leaf, signature } = receipt;
  return `${JSON.stringify({ format: FORMAT, wave: manifest.wave, manifest: hex(h), leaf: hex(leaf), signature: base64url(signature) })}\n`;
}

/** Reads a saved receipt. `undefined` when it belongs to another round; throws `Malformed` when it is no receipt. */
export function readReceipt(text: string, { manifest, h }: NamedManifest): Receipt | undefined {
  const json = Value.parse(text, 'receipt');
  json.field('format').is(FORMAT);
  const sameRound = json.field('wave').text() === manifest.wave && equal(json.field('manifest').bytes(fromHex, 32), h);
  const receipt = { leaf: json.field('leaf').bytes(fromHex, 32), signature: json.field('signature').bytes(fromBase64url, 64) };
  return sameRound ? receipt : undefined;
}
