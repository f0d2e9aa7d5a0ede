// Crockford base 32: the code of a link (10 bytes, 16 characters and a check character) and the short code of a receipt.
import { type Bytes, concat } from './bytes.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** The number of bytes in a link secret or a status handle. */
export const SECRET_BYTES = 10;
const CODE_LENGTH = 17;

/** Why a typed code cannot be read. */
export type CodeProblem = 'empty' | 'character' | 'length' | 'check';

/** Multiplies by the generator a = x in GF(32) = GF(2)[x]/(x^5 + x^2 + 1). */
function timesA(value: number): number {
  const shifted = value << 1;
  return shifted & 0x20 ? shifted ^ 0x25 : shifted;
}

/** The sum over i of a^(i+1) times c_i, by Horner's rule from the last value. */
function checkValue(values: readonly number[]): number {
  return values.reduceRight((sum, value) => timesA(sum ^ value), 0);
}

function fiveBitValues(bytes: Uint8Array): number[] {
  const values: number[] = [];
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      values.push((held >>> bits) & 0x1f);
    }
    held &= (1 << bits) - 1;
  }
  return values;
}

function bytesOf(values: readonly number[]): Bytes {
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const value of values) {
    held = (held << 5) | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >>> bits) & 0xff);
      held &= (1 << bits) - 1;
    }
  }
  return Uint8Array.from(bytes);
}

const letters = (values: readonly number[]): string => values.map((value) => ALPHABET.charAt(value)).join('');
const inFours = (text: string): string => text.replace(/(.{4})(?=.)/g, '$1-');

/** The values of the characters, with the confusions that Crockford allows; spaces and hyphens are skipped. */
function valuesOf(text: string): number[] {
  const plain = text.replace(/[\s\p{Pd}]/gu, '').toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1');
  return Array.from(plain, (char) => ALPHABET.indexOf(char));
}

/** The number below 1,024 that two characters write; `undefined` when they do not. */
export function readPair(text: string): number | undefined {
  const [high = -1, low = -1, ...others] = valuesOf(text);
  return high < 0 || low < 0 || others.length > 0 ? undefined : high * 32 + low;
}

/** Writes a secret as 16 characters and the check character, without hyphens. */
export function writeCode(secret: Uint8Array): string {
  const values = fiveBitValues(secret);
  return letters([...values, checkValue(values)]);
}

/** Writes a secret for people: `XXXX-XXXX-XXXX-XXXX-X`. */
export function showCode(secret: Uint8Array): string {
  return inFours(writeCode(secret));
}

/** Reads what a person typed; says what is wrong when it is not a code. */
export function readCode(text: string): Bytes | CodeProblem {
  const values = valuesOf(text);
  if (values.length === 0) return 'empty';
  if (values.includes(-1)) return 'character';
  if (values.length !== CODE_LENGTH) return 'length';
  const secret = values.slice(0, -1);
  return checkValue(secret) === values[CODE_LENGTH - 1] ? bytesOf(secret) : 'check';
}

/** The short code of a receipt: the first 10 bytes of its leaf, in groups of four, without a check character. */
export function showShortCode(leaf: Uint8Array): string {
  return inFours(letters(fiveBitValues(leaf.subarray(0, SECRET_BYTES))));
}

/** Reads a typed short code: the first 10 bytes of a leaf. */
export function readShortCode(text: string): Bytes | CodeProblem {
  const values = valuesOf(text);
  if (values.length === 0) return 'empty';
  if (values.includes(-1)) return 'character';
  return values.length === CODE_LENGTH - 1 ? concat(bytesOf(values)) : 'length';
}
