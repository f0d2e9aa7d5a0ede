// Sending against a server in memory: exactly one record, exactly one answer counted, whatever breaks in between.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { ed25519, ristretto255_oprf, x25519 } from '@noble/curves/ed25519.js';
import { writeBallot } from '../src/ballot.ts';
import { type Bytes, base64url, concat, equal, fromUtf8, hex, readU32, sha256, u32, utf8 } from '../src/bytes.ts';
import { WrongKey } from '../src/credential.ts';
import { ballotInfo, readManifest } from '../src/manifest.ts';
import { type Pending, inMemory, readPending, writePending } from '../src/record.ts';
import { receiptHolds } from '../src/receipt.ts';
import { type Patience, Refused, WrongReceipt, backoff, finish, prepare } from '../src/sending.ts';
import type { Wave } from '../src/wave.ts';
import { openVault } from '../src/vault.ts';
import { vectors } from './vectors.ts';

const SECRET = utf8('0123456789');
const BALLOT = writeBallot(0, [1, 2, 3], [7, 7, 7]);
const GROUP = 2;

const boxSecret = x25519.utils.randomSecretKey();
const boardSecret = ed25519.utils.randomSecretKey();
const keys = ristretto255_oprf.poprf(new Uint8Array()).generateKeyPair();
const text = vectors.field('manifest').field('bytes').text();
const ours = text
  .replace(/"credential_key":"[^"]*"/, `"credential_key":"${base64url(keys.publicKey)}"`)
  .replace(/"box_key":"[^"]*"/, `"box_key":"${base64url(x25519.getPublicKey(boxSecret))}"`)
  .replace(/"board_key":"[^"]*"/, `"board_key":"${base64url(ed25519.getPublicKey(boardSecret))}"`);
const named = readManifest(utf8(ours));
const wave: Wave = { ...named, base: '/w/2026-q4/', instrument: { title: new Map(), items: [], questions: [], informal: [] } };

/** What the server in memory keeps, and what it does wrong on purpose. */
class Server {
  issued: Bytes | undefined;
  readonly spent = new Map<string, Bytes>();
  readonly kinds: number[] = [];
  secretKey: Uint8Array = keys.secretKey;
  boardSecret: Uint8Array = boardSecret;
  closing = false;
  /** Which requests are lost before (`-n`) or after (`n`) they took effect, counted from 1. */
  lost = new Set<number>();

  private issue(body: Bytes): Bytes {
    if (this.closing) return Uint8Array.of(4);
    const blinded = body.slice(12, 44);
    if (this.issued && !equal(this.issued, blinded)) return Uint8Array.of(3);
    this.issued = blinded;
    const { evaluated, proof } = ristretto255_oprf.poprf(ballotInfo(wave.h, GROUP)).blindEvaluate(this.secretKey, blinded);
    return concat(0, u32(GROUP), evaluated, proof);
  }

  private redeem(body: Bytes): Bytes {
    const group = readU32(body, 2);
    const nonce = body.slice(6, 38);
    const ct = body.slice(70, 70 + 4144);
    const output = ristretto255_oprf.poprf(ballotInfo(wave.h, group)).evaluate(keys.secretKey, nonce);
    if (!equal(createHmac('sha256', output).update(ct).digest(), body.slice(38, 70))) return Uint8Array.of(5);
    const earlier = this.spent.get(hex(nonce));
    if (earlier && !equal(earlier, ct)) return Uint8Array.of(6);
    this.spent.set(hex(nonce), ct);
    const leaf = sha256(nonce, sha256(ct));
    return concat(0, leaf, ed25519.sign(concat(utf8('candor/v1/receipt'), 0, wave.h, leaf), this.boardSecret));
  }

  readonly fetch = async (_url: unknown, init?: RequestInit): Promise<Response> => {
    const { body } = init ?? {};
    assert.ok(body instanceof Uint8Array && body.length === 4608);
    assert.equal(init?.credentials, 'omit');
    assert.equal(init?.cache, 'no-store');
    const request = new Uint8Array(body);
    this.kinds.push(request[1] ?? 0);
    const n = this.kinds.length;
    if (this.lost.has(-n)) throw new TypeError('lost on the way there');
    const answer = request[1] === 2 ? this.issue(request) : this.redeem(request);
    if (this.lost.has(n)) throw new TypeError('lost on the way back');
    const whole = new Uint8Array(wave.manifest.responseSize);
    whole.set(concat(1, answer));
    return new Response(whole);
  };
}

const atOnce: Patience = async () => undefined;

async function withServer<T>(server: Server, work: () => Promise<T>): Promise<T> {
  const original = globalThis.fetch;
  globalThis.fetch = server.fetch;
  try {
    return await work();
  } finally {
    globalThis.fetch = original;
  }
}

async function recorded(): Promise<{ records: ReturnType<typeof inMemory>; pending: Pending }> {
  const records = inMemory();
  const pending = await prepare(wave, GROUP, BALLOT);
  assert.ok(await records.create(pending));
  return { records, pending };
}

test('a Send ends in a receipt that holds, and the record is gone', async () => {
  const server = new Server();
  const { records, pending } = await recorded();
  const receipt = await withServer(server, () => finish(wave, SECRET, records, pending, atOnce));
  assert.ok(receiptHolds(receipt, wave));
  assert.deepEqual(server.kinds, [2, 3]);
  assert.equal(server.spent.size, 1);
  assert.equal(await records.load(), undefined);
});

test('a connection lost anywhere counts one answer and gives one receipt', async () => {
  for (const lost of [[-1], [1], [-2], [2], [1, 3], [-1, 2, -3, 4], [1, -2, 3, 5]]) {
    const server = new Server();
    server.lost = new Set(lost);
    const { records, pending } = await recorded();
    const receipt = await withServer(server, () => finish(wave, SECRET, records, pending, atOnce));
    assert.ok(receiptHolds(receipt, wave));
    assert.equal(server.spent.size, 1, `lost ${lost.join(' ')}`);
  }
});

test('a page closed between the two requests goes on with the second, even after issuing has stopped', async () => {
  const server = new Server();
  server.lost = new Set([-2]);
  const { records, pending } = await recorded();
  const gone = new Error('the page was closed');
  await withServer(server, async () => {
    await assert.rejects(finish(wave, SECRET, records, pending, () => Promise.reject(gone)), gone);
    const kept = await records.load();
    assert.ok(kept?.mac);
    server.closing = true;
    assert.ok(receiptHolds(await finish(wave, SECRET, records, kept, atOnce), wave));
  });
  assert.deepEqual(server.kinds, [2, 3, 3]);
  assert.equal(server.spent.size, 1);
});

test('only one record is made, whoever comes second', async () => {
  const { records, pending } = await recorded();
  assert.equal(await records.create(await prepare(wave, GROUP, BALLOT)), false);
  assert.deepEqual(await records.load(), pending);
});

test('a second device is refused and keeps nothing', async () => {
  const server = new Server();
  const first = await recorded();
  const second = await recorded();
  await withServer(server, async () => {
    await finish(wave, SECRET, first.records, first.pending, atOnce);
    await assert.rejects(finish(wave, SECRET, second.records, second.pending, atOnce), (error) => error instanceof Refused && error.step === 'issue' && error.outcome === 3);
  });
  assert.equal(await second.records.load(), undefined);
  assert.equal(server.spent.size, 1);
});

test('an issuer with another key gets nothing to redeem', async () => {
  const server = new Server();
  server.secretKey = ristretto255_oprf.poprf(new Uint8Array()).generateKeyPair().secretKey;
  const { records, pending } = await recorded();
  await assert.rejects(withServer(server, () => finish(wave, SECRET, records, pending, atOnce)), WrongKey);
  assert.deepEqual(server.kinds, [2]);
  assert.equal(server.spent.size, 0);
});

test('a receipt that another key signed is not believed', async () => {
  const server = new Server();
  server.boardSecret = ed25519.utils.randomSecretKey();
  const { records, pending } = await recorded();
  await assert.rejects(withServer(server, () => finish(wave, SECRET, records, pending, atOnce)), WrongReceipt);
});

test('a round that closed before the first request counts nothing', async () => {
  const server = new Server();
  server.closing = true;
  const { records, pending } = await recorded();
  await assert.rejects(withServer(server, () => finish(wave, SECRET, records, pending, atOnce)), (error) => error instanceof Refused && error.outcome === 4);
  assert.equal(await records.load(), undefined);
});

test('a record reads back, is sealed under the link, and holds neither link nor answers', async () => {
  const { pending } = await recorded();
  const plain = writePending(pending);
  assert.deepEqual(readPending(plain), pending);
  const withMac = { ...pending, mac: new Uint8Array(32).fill(7) };
  assert.deepEqual(readPending(writePending(withMac)), withMac);
  assert.ok(!fromUtf8(plain).includes(hex(SECRET)) && !fromUtf8(plain).includes(hex(BALLOT.slice(0, 8))));

  const vault = await openVault('2026-q4', SECRET);
  const sealed = await vault.seal(plain);
  assert.deepEqual(await vault.open(sealed), plain);
  const again = await openVault('2026-q4', SECRET);
  assert.equal(again.id, vault.id);
  assert.deepEqual(await again.open(sealed), plain);
  const other = await openVault('2026-q4', utf8('9876543210'));
  assert.notEqual(other.id, vault.id);
  await assert.rejects(other.open(sealed));
});

test('waiting grows from one second to half a minute, and the server may ask for longer', () => {
  assert.deepEqual([1, 2, 3, 4, 5, 6, 20].map((tries) => backoff(tries, undefined, 0.5)), [1, 2, 4, 8, 16, 30, 30]);
  assert.equal(backoff(1, 60, 0), 60);
  assert.ok(backoff(3, undefined, 0) < backoff(3, undefined, 1));
});
