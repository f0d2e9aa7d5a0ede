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

/** A whole tree, level by level from the leaves up, for proofs of many leaves or of long lists. Its shape is the same. */
export class Tree {
  private constructor(private readonly levels: readonly (readonly Bytes[])[]) {}

  /** Computes the tree, and lets `breathe` do other things from time to time. */
  static async over(inputs: readonly Uint8Array[], breathe: () => Promise<void>): Promise<Tree> {
    let done = 0;
    const rest = async (): Promise<void> => {
      done += 1;
      if (done % 4096 === 0) await breathe();
    };
    let level: Bytes[] = [];
    for (const input of inputs) {
      level.push(leafHash(input));
      await rest();
    }
    const levels = [level];
    while (level.length > 1) {
      const above: Bytes[] = [];
      for (let i = 0; i < level.length; i += 2) {
        const [left, right] = [level[i], level[i + 1]];
        if (left !== undefined) above.push(right === undefined ? left : nodeHash(left, right));
        await rest();
      }
      levels.push(above);
      level = above;
    }
    return new Tree(levels);
  }

  get root(): Bytes {
    return this.levels.at(-1)?.[0] ?? sha256();
  }

  /** The nodes beside the way from a leaf to the root. */
  proof(index: number): Bytes[] {
    return this.levels.flatMap((level, height) => level[Math.floor(index / 2 ** height) ^ 1] ?? []);
  }
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
