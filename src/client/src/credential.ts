// The blind credential: RFC 9497, POPRF over ristretto255-SHA512. The server sees who asks, not which number it signs.
import { ristretto255_oprf } from '@noble/curves/ed25519.js';
import { type Bytes, equal, random } from './bytes.ts';
import { hmac } from './hkdf.ts';

/** A credential that was asked for. Nonce and blind are random; deriving them from the link would let whoever knows the link undo the blinding. */
export interface Asked {
  readonly nonce: Bytes;
  readonly blind: Bytes;
  readonly blinded: Bytes;
}

/** The server evaluated with another key, or for another group, than the manifest says. */
export class WrongKey extends Error {
  constructor() {
    super('the proof of the evaluated element does not hold under the manifest key');
    this.name = 'WrongKey';
  }
}

/** What depends on the round and the group alone: the function for `info`, and the public key tweaked by it, pk + H(info)·G, under which the proof must hold. */
function makeLock(publicKey: Bytes, info: Bytes) {
  const poprf = ristretto255_oprf.poprf(info);
  return { publicKey, info, poprf, tweakedKey: poprf.blind(Uint8Array.of(0), publicKey).tweakedKey };
}

/** The lock that was used last: a page needs only one. */
let made: ReturnType<typeof makeLock> | undefined;

/** Makes the lock of a round and a group, or gives the one that was made before. It takes as long as asking does. */
export function lock(publicKey: Bytes, info: Bytes): ReturnType<typeof makeLock> {
  if (made !== undefined && equal(made.publicKey, publicKey) && equal(made.info, info)) return made;
  made = makeLock(publicKey, info);
  return made;
}

/** Chooses a nonce and blinds it. `nonce` and `rng` are for tests only. */
export function ask(publicKey: Bytes, info: Bytes, nonce: Bytes = random(32), rng?: (length?: number) => Uint8Array<ArrayBuffer>): Asked {
  const { blind, blinded } = lock(publicKey, info).poprf.blind(nonce, publicKey, rng);
  return { nonce, blind: new Uint8Array(blind), blinded: new Uint8Array(blinded) };
}

/** Checks the DLEQ proof (c || s) and unblinds: the 64-byte output F(sk, nonce, info). Throws {@link WrongKey}. */
export function complete(asked: Asked, publicKey: Bytes, info: Bytes, evaluated: Bytes, proof: Bytes): Bytes {
  try {
    const { poprf, tweakedKey } = lock(publicKey, info);
    return new Uint8Array(poprf.finalize(asked.nonce, asked.blind, evaluated, asked.blinded, proof, tweakedKey));
  } catch {
    throw new WrongKey();
  }
}

/** Binds the sealed answers to the credential. */
export function bind(output: Bytes, ct: Bytes): Promise<Bytes> {
  return hmac(output, ct);
}
