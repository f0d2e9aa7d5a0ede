// Sending: one record per link, then issue, then redeem, each repeated until the server has answered.
import { type Answered, NoAnswer, Outcome, issueRequest, post, redeemRequest } from './box.ts';
import { type Bytes, equal, readU32 } from './bytes.ts';
import { WrongKey, ask, bind, complete, lock } from './credential.ts';
import { seal } from './hpke.ts';
import { ballotInfo } from './manifest.ts';
import type { Pending, Records } from './record.ts';
import { type Receipt, receiptHolds, receiptLeaf } from './receipt.ts';
import type { Wave } from './wave.ts';

/** The receipt for the answers is not the right one or not signed by the board key. */
export class WrongReceipt extends Error {
  constructor() {
    super('the receipt does not fit the answers that were sent');
    this.name = 'WrongReceipt';
  }
}

/** The credential was given for another group than the one whose leaf was checked. */
export class WrongGroup extends Error {
  constructor() {
    super('the credential is for another group');
    this.name = 'WrongGroup';
  }
}

/** The server refuses for good. */
export class Refused extends Error {
  readonly outcome: Outcome;
  /** Whether the round was ended without a result. */
  readonly ended: boolean;

  constructor(readonly step: 'leaf' | 'status' | 'issue' | 'redeem', { outcome, ended }: Answered) {
    super(`${step}: outcome ${outcome}`);
    this.name = 'Refused';
    this.outcome = outcome;
    this.ended = ended;
  }

  /** Whether the record is still of use: everything was right on this side, or its code is all that can tell whether the answers arrived in time. */
  get recordOfUse(): boolean {
    const kept: readonly Outcome[] = [Outcome.malformed, Outcome.takesNoAnswers, Outcome.credentialDoesNotFit];
    return this.step === 'redeem' && kept.includes(this.outcome) && !this.ended;
  }
}

/** Waits before the next try. Returns early when the person or the browser says that the connection is back. */
export type Patience = (reason: NoAnswer, tries: number) => Promise<void>;

/** Repeats a request until an answer of the protocol arrives. */
export async function persist<T>(request: () => Promise<T>, patience: Patience): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await request();
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      await patience(error, tries);
    }
  }
}

/** How long to wait after so many tries, in seconds: the server's wish, or 1, 2, 4 … 30, with jitter so that not everybody returns at once. */
export function backoff(tries: number, wish: number | undefined, chance: number): number {
  return wish ?? Math.min(30, 2 ** (tries - 1)) * (0.75 + 0.5 * chance);
}

/**
 * Does what can be done before Send is pressed, while the person looks over the answers: makes the lock, and seals nothing to throw it away, because what a
 * browser has done once it does faster. No answer takes part in it, and nothing is sent.
 */
export async function getReady({ h, manifest }: Wave, group: number): Promise<void> {
  const info = ballotInfo(h, group);
  lock(manifest.credentialKey, info);
  await seal(manifest.boxKey, info, info, new Uint8Array(0));
}

/** Chooses nonce and blind and seals the ballot. Only after this may anything be sent. */
export async function prepare(wave: Wave, group: number, ballot: Bytes): Promise<Pending> {
  const info = ballotInfo(wave.h, group);
  const asked = ask(wave.manifest.credentialKey, info);
  return { ...asked, h: wave.h, group, ct: await seal(wave.manifest.boxKey, info, asked.nonce, ballot), mac: undefined };
}

async function issue(wave: Wave, secret: Bytes, pending: Pending, patience: Patience): Promise<Pending> {
  const { manifest, base } = wave;
  const request = issueRequest(secret, pending.blinded);
  const answer = await persist(() => post(`${base}box`, request, manifest.responseSize), patience);
  if (answer.outcome !== Outcome.done) throw new Refused('issue', answer);
  const { payload } = answer;
  // The proof would fail, too, but not because a key was changed.
  if (readU32(payload, 0) !== pending.group) throw new WrongGroup();
  const output = complete(pending, manifest.credentialKey, ballotInfo(wave.h, pending.group), payload.slice(4, 36), payload.slice(36, 100));
  return { ...pending, mac: await bind(output, pending.ct) };
}

async function redeem(wave: Wave, pending: Pending, mac: Bytes, patience: Patience): Promise<Receipt> {
  const { manifest, base } = wave;
  const request = redeemRequest(pending.group, pending.nonce, mac, pending.ct);
  const answer = await persist(() => post(`${base}box`, request, manifest.responseSize), patience);
  if (answer.outcome !== Outcome.done) throw new Refused('redeem', answer);
  const receipt = { leaf: answer.payload.slice(0, 32), signature: answer.payload.slice(32, 96) };
  if (!equal(receipt.leaf, receiptLeaf(pending.nonce, pending.ct)) || !receiptHolds(receipt, wave)) throw new WrongReceipt();
  return receipt;
}

/** Finishes a recorded Send. The record goes when there is a receipt, or when it can never lead to one. `issued` hears that the credential is there. */
export async function finish(wave: Wave, secret: Bytes, records: Records, recorded: Pending, patience: Patience, issued?: () => void): Promise<Receipt> {
  try {
    let pending = recorded;
    if (pending.mac === undefined) {
      pending = await issue(wave, secret, recorded, patience);
      // The credential is kept at once: after the close issuing stops, but answers under way may still arrive.
      await records.replace(pending).catch(() => undefined);
    }
    if (pending.mac === undefined) throw new WrongKey();
    issued?.();
    const receipt = await redeem(wave, pending, pending.mac, patience);
    await records.remove().catch(() => undefined);
    return receipt;
  } catch (error) {
    if (error instanceof Refused && !error.recordOfUse) await records.remove().catch(() => undefined);
    throw error;
  }
}
