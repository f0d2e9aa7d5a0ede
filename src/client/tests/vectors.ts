// The vectors that the Rust side commits, read with checked access so that a missing one fails with its name.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bytes, fromHex } from '../src/bytes.ts';
import { Value } from '../src/json.ts';

declare const CLIENT_ROOT: string;

export const clientRoot: string = CLIENT_ROOT;

/** tests/vectors/protocol.json at the top of the repository. */
export const vectors = Value.parse(readFileSync(join(CLIENT_ROOT, '../../tests/vectors/protocol.json'), 'utf8'), 'vectors');

/** Bytes written as hex in a test. */
export function bytes(text: string): Bytes {
  const read = fromHex(text);
  if (read === undefined) throw new Error(`not hex: ${text}`);
  return read;
}

/** A hex field of the vectors. */
export function field(value: Value, name: string): Bytes {
  return bytes(value.field(name).text());
}

/** noble draws a scalar as 1 + (48 bytes, little-endian, mod q - 1): the bytes that give exactly this scalar. */
export function rngFor(scalar: Bytes): () => Bytes {
  const drawn = new Uint8Array(48);
  let borrow = 1;
  scalar.forEach((byte, i) => {
    drawn[i] = (byte - borrow) & 0xff;
    borrow = byte < borrow ? 1 : 0;
  });
  return () => drawn.slice();
}
