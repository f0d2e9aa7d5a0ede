// The box endpoint: one address, one size of request, one size of answer, whatever is asked.
import { type Bytes, base64url, concat, u32 } from './bytes.ts';
import { hear } from './clock.ts';
import { Malformed } from './json.ts';

const VERSION = 1;
const REQUEST_SIZE = 4608;
/** After how many milliseconds a request counts as lost. */
const TIMEOUT = 30_000;

/** What a request asks for. */
export const Kind = { leaf: 1, issue: 2, redeem: 3, status: 4, objection: 5 } as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

/** What the server answers. */
export const Outcome = {
  done: 0,
  malformed: 1,
  unknownLink: 2,
  otherElement: 3,
  takesNoAnswers: 4,
  credentialDoesNotFit: 5,
  nonceSpent: 6,
  busy: 7,
  noSuchWave: 8,
  internal: 9,
  tooMany: 10,
} as const;
export type Outcome = (typeof Outcome)[keyof typeof Outcome];

export interface Answered {
  readonly outcome: Outcome;
  /** Whether nothing is taken because the round was ended without a result. */
  readonly ended: boolean;
  readonly payload: Bytes;
}

/** No answer of the protocol arrived: no connection, a proxy's own page, or a server that asks to wait. */
export class NoAnswer extends Error {
  /** `busy` when the server said so itself; `wait` is how many seconds it asked for. */
  constructor(readonly busy: boolean, readonly wait: number | undefined) {
    super(busy ? 'the server is busy' : 'no connection');
    this.name = 'NoAnswer';
  }
}

/** Writes a request of exactly 4,608 bytes. */
export function writeRequest(kind: Kind, ...payload: Uint8Array[]): Bytes {
  const request = new Uint8Array(REQUEST_SIZE);
  request.set(concat(VERSION, kind, ...payload));
  return request;
}

export const leafRequest = (secret: Bytes): Bytes => writeRequest(Kind.leaf, secret);
export const issueRequest = (secret: Bytes, blinded: Bytes): Bytes => writeRequest(Kind.issue, secret, blinded);
export const redeemRequest = (group: number, nonce: Bytes, mac: Bytes, ct: Bytes): Bytes => writeRequest(Kind.redeem, u32(group), nonce, mac, ct);
/** An objection carries no link: nobody learns whose receipt it is. */
export const objectionRequest = (leaf: Bytes, signature: Bytes): Bytes => writeRequest(Kind.objection, leaf, signature);
export const statusRequest = (handle: Bytes): Bytes => writeRequest(Kind.status, handle);

/** Reads an answer; `undefined` when these bytes are not one (a proxy's error page, for instance). */
export function readAnswer(bytes: Bytes, size: number): Answered | undefined {
  const outcome = Object.values(Outcome).find((known) => known === bytes[1]);
  if (bytes.length !== size || bytes[0] !== VERSION || outcome === undefined) return undefined;
  const payload = bytes.subarray(2);
  return { outcome, ended: outcome === Outcome.takesNoAnswers && payload[0] === 1, payload };
}

/** What a closing mail's link says: about the person, and where the round is. */
export interface Standing {
  readonly answered: boolean;
  readonly stage: 'closed' | 'opened' | 'published';
  /** When the round stopped taking answers; its later dates count from here. In milliseconds since 1970, like the next. */
  readonly closedAt: number;
  readonly publishedAt: number;
  /** Where the result of the person's group can be read, behind the round's own address. */
  readonly result: string | undefined;
}

const STAGES = ['closed', 'opened', 'published'] as const;

/** Reads the answer to a {@link statusRequest}. Throws `Malformed`. */
export function readStanding(payload: Bytes): Standing {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const stage = STAGES[(payload[1] ?? 0) - 1];
  if (stage === undefined) throw new Malformed('status', 'a stage of the round');
  return {
    answered: payload[0] === 1,
    stage,
    closedAt: Number(view.getBigUint64(2)) * 1000,
    publishedAt: Number(view.getBigUint64(10)) * 1000,
    result: payload[18] === 1 ? `team/${base64url(payload.subarray(19, 35))}` : undefined,
  };
}

/** How every request to the server is made: no cookie, no cache, no referrer, no redirect. */
export const REQUEST: RequestInit = { credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer', redirect: 'error' };

function retryAfter(response: Response): number | undefined {
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 300) : undefined;
}

/** A signal that gives up after {@link TIMEOUT} (AbortSignal.timeout is missing in older browsers). */
export function timeout(): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), TIMEOUT);
  return controller.signal;
}

/** Sends one request once. Throws {@link NoAnswer} when trying again makes sense. */
export async function post(url: string, request: Bytes, responseSize: number): Promise<Answered> {
  let answer: Answered | undefined;
  let wait: number | undefined;
  try {
    const response = await fetch(url, {
      ...REQUEST,
      method: 'POST',
      headers: { 'Content-Type': 'application/octet-stream' },
      body: request,
      signal: timeout(),
    });
    wait = retryAfter(response);
    answer = readAnswer(new Uint8Array(await response.arrayBuffer()), responseSize);
    if (answer !== undefined) hear(response.headers.get('Date'));
  } catch {
    throw new NoAnswer(false, undefined);
  }
  if (answer === undefined) throw new NoAnswer(false, wait);
  const later: readonly Outcome[] = [Outcome.busy, Outcome.tooMany, Outcome.internal];
  if (later.includes(answer.outcome)) throw new NoAnswer(true, wait);
  return answer;
}
