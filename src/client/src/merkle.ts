// The Merkle tree of RFC 6962 section 2.1, with SHA-256.
import { type Bytes, equal, sha256 } from './bytes.ts';

export function leafHash(input: Uint8Array): Bytes {
  return sha256(0x00, input);
}

function nodeHash(left: Uint8Array, right: Uint8Array): Bytes {
  return sha256(0x01, left, right);
}

/** The root over the inputs in their order; `H("")` for no inputs. */
export function root(inputs: readonly Uint8Array[]): Bytes {
  const [first, ...others] = inputs;
  if (first === undefined) return sha256();
  if (others.length === 0) return leafHash(first);
  let split = 1;
  while (split * 2 < inputs.length) split *= 2;
  return nodeHash(root(inputs.slice(0, split)), root(inputs.slice(split)));
}

/** Whether `proof` leads from `leaf` at `index` of `size` leaves to `expected` (RFC 9162 section 2.1.3.2, same tree). */
export function verifyInclusion(leaf: Uint8Array, index: number, size: number, proof: readonly Uint8Array[], expected: Uint8Array): boolean {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false;
  let fn = index;
  let sn = size - 1;
  let hash: Uint8Array = leaf;
  for (const sibling of proof) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(sibling, hash);
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2);
        sn = Math.floor(sn / 2);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && equal(hash, expected);
}
