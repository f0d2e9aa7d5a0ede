// The two locks against the standards' own vectors and against the Rust side.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ed25519, ristretto255_oprf, x25519 } from '@noble/curves/ed25519.js';
import { writeBallot } from '../src/ballot.ts';
import { placeOnBoard, readBoard, WrongBoard } from '../src/board.ts';
import { type Bytes, base64url, compare, concat, equal, hex, sha256, u32, utf8 } from '../src/bytes.ts';
import { WrongKey, ask, bind, complete } from '../src/credential.ts';
import { expand, extract, hmac } from '../src/hkdf.ts';
import { seal } from '../src/hpke.ts';
import { Malformed } from '../src/json.ts';
import { readManifest } from '../src/manifest.ts';
import { Tree } from '../src/merkle.ts';
import { readReceipt, receiptHolds, receiptLeaf, shortCode, writeReceipt } from '../src/receipt.ts';
import { bytes, field, rngFor, vectors } from './vectors.ts';

const named = readManifest(utf8(vectors.field('manifest').field('bytes').text()));
const submission = vectors.field('submission');

// RFC 9497, appendix A.1.3: ristretto255-SHA512, POPRF mode, test vectors 1 and 2.
const POPRF = {
  secretKey: bytes('145c79c108538421ac164ecbe131942136d5570b16d8bf41a24d4337da981e07'),
  publicKey: bytes('c647bef38497bc6ec077c22af65b696efa43bff3b4a1975a3e8e0a1c5a79d631'),
  info: bytes('7465737420696e666f'),
  blind: bytes('64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706'),
  proofScalar: bytes('222a5e897cf59db8145db8d16e597e8facb80ae7d4e26d9881aa6f61d645fc0e'),
  vectors: [
    {
      input: bytes('00'),
      blinded: bytes('c8713aa89241d6989ac142f22dba30596db635c772cbf25021fdd8f3d461f715'),
      evaluated: bytes('1a4b860d808ff19624731e67b5eff20ceb2df3c3c03b906f5693e2078450d874'),
      proof: bytes('41ad1a291aa02c80b0915fbfbb0c0afa15a57e2970067a602ddb9e8fd6b7100de32e1ecff943a36f0b10e3dae6bd266cdeb8adf825d86ef27dbc6c0e30c52206'),
      output: bytes('ca688351e88afb1d841fde4401c79efebb2eb75e7998fa9737bd5a82a152406d38bd29f680504e54fd4587eddcf2f37a2617ac2fbd2993f7bdf45442ace7d221'),
    },
    {
      input: bytes('5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a'),
      blinded: bytes('f0f0b209dd4d5f1844dac679acc7761b91a2e704879656cb7c201e82a99ab07d'),
      evaluated: bytes('8c3c9d064c334c6991e99f286ea2301d1bde170b54003fb9c44c6d7bd6fc1540'),
      proof: bytes('4c39992d55ffba38232cdac88fe583af8a85441fefd7d1d4a8d0394cd1de77018bf135c174f20281b3341ab1f453fe72b0293a7398703384bed822bfdeec8908'),
      output: bytes('7c6557b276a137922a0bcfc2aa2b35dd78322bd500235eb6d6b6f91bc5b56a52de2d65612d503236b321f5d0bebcbc52b64b92e426f29c9b8b69f52de98ae507'),
    },
  ],
};

test('the credential gives the values of RFC 9497 appendix A.1.3', () => {
  const { publicKey, info, blind } = POPRF;
  for (const { input, blinded, evaluated, proof, output } of POPRF.vectors) {
    const asked = ask(publicKey, info, input, rngFor(blind));
    assert.equal(hex(asked.blind), hex(blind));
    assert.equal(hex(asked.blinded), hex(blinded));
    assert.equal(hex(complete(asked, publicKey, info, evaluated, proof)), hex(output));
  }
});

test('a proof that is not exactly right is refused', () => {
  const { publicKey, info, blind, vectors: [vector] } = POPRF;
  assert.ok(vector);
  const asked = ask(publicKey, info, vector.input, rngFor(blind));
  for (const at of [0, 31, 32, 63]) {
    const proof = vector.proof.slice();
    proof[at] = (proof[at] ?? 0) ^ 1;
    assert.throws(() => complete(asked, publicKey, info, vector.evaluated, proof), WrongKey);
  }
  assert.throws(() => complete(asked, publicKey, utf8('other info'), vector.evaluated, vector.proof), WrongKey);
  assert.throws(() => complete(asked, publicKey, info, asked.blinded, vector.proof), WrongKey);
  assert.throws(() => complete(asked, publicKey, info, new Uint8Array(32), vector.proof), WrongKey);
  assert.throws(() => complete(asked, publicKey, info, vector.evaluated, new Uint8Array(3)), WrongKey);
});

test('an issuer that tags one person with another key is detected', () => {
  const info = utf8('any');
  const poprf = ristretto255_oprf.poprf(info);
  const promised = poprf.generateKeyPair();
  const tagging = poprf.generateKeyPair();
  const publicKey = new Uint8Array(promised.publicKey);
  const asked = ask(publicKey, info);
  const honest = poprf.blindEvaluate(promised.secretKey, asked.blinded);
  const output = complete(asked, publicKey, info, new Uint8Array(honest.evaluated), new Uint8Array(honest.proof));
  assert.ok(equal(output, poprf.evaluate(promised.secretKey, asked.nonce)));
  const tagged = poprf.blindEvaluate(tagging.secretKey, asked.blinded);
  assert.throws(() => complete(asked, publicKey, info, new Uint8Array(tagged.evaluated), new Uint8Array(tagged.proof)), WrongKey);
});

test('two credentials of one link share nothing: nonce and blind are random', () => {
  const publicKey = POPRF.publicKey;
  const [a, b] = [ask(publicKey, POPRF.info), ask(publicKey, POPRF.info)];
  assert.ok(!equal(a.nonce, b.nonce) && !equal(a.blind, b.blind) && !equal(a.blinded, b.blinded));
});

// RFC 5869, appendix A, test cases 1 and 3.
test('HKDF gives the values of RFC 5869', async () => {
  const ikm = new Uint8Array(22).fill(0x0b);
  const prk = await extract(bytes('000102030405060708090a0b0c'), ikm);
  assert.equal(hex(prk), '077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5');
  const okm = await expand(prk, bytes('f0f1f2f3f4f5f6f7f8f9'), 42);
  assert.equal(hex(okm), '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865');
  const unsalted = await extract(undefined, ikm);
  assert.equal(hex(unsalted), '19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04');
});

// RFC 4231, test case 2.
test('HMAC gives the value of RFC 4231', async () => {
  const mac = await hmac(utf8('Jefe'), utf8('what do ya want for nothing?'));
  assert.equal(hex(mac), '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
});

// RFC 9180, appendix A.1.1: base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, sequence number 0.
test('sealing gives the values of RFC 9180 appendix A.1', async () => {
  const sealed = await seal(
    bytes('3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d'),
    bytes('4f6465206f6e2061204772656369616e2055726e'),
    bytes('436f756e742d30'),
    bytes('4265617574792069732074727574682c20747275746820626561757479'),
    bytes('52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736'),
  );
  assert.equal(hex(sealed.slice(0, 32)), '37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431');
  assert.equal(hex(sealed.slice(32)), 'f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a');
});

test('a box key of small order is refused', async () => {
  await assert.rejects(seal(new Uint8Array(32), utf8('info'), utf8('aad'), utf8('text')));
});

/** DeriveKeyPair of RFC 9180 section 7.1.3, by which the Rust side makes an ephemeral key from given randomness. */
async function deriveSecret(ikm: Bytes): Promise<Bytes> {
  const suite = concat(utf8('HPKE-v1'), utf8('KEM'), 0x00, 0x20);
  const prk = await extract(undefined, concat(suite, utf8('dkp_prk'), ikm));
  return expand(prk, concat(0x00, 0x20, suite, utf8('sk')), 32);
}

test('a whole submission has the bytes that the Rust side computes', async () => {
  const credential = submission.field('credential');
  const publicKey = field(credential, 'public_key');
  const info = field(submission, 'info');
  const nonce = field(submission, 'nonce');
  assert.deepEqual(publicKey, named.manifest.credentialKey);

  const asked = ask(publicKey, info, nonce, rngFor(field(credential, 'blind')));
  assert.equal(hex(asked.blinded), credential.field('blinded').text());
  const proof = concat(field(credential, 'proof_c'), field(credential, 'proof_s'));
  const output = complete(asked, publicKey, info, field(credential, 'evaluated'), proof);
  assert.equal(hex(output), credential.field('output').text());

  const sealed = submission.field('sealed');
  const points = sealed.field('points').list().map((point) => point.whole());
  const ballot = writeBallot(1, [5, 0, 255], points);
  assert.ok(hex(ballot).startsWith(sealed.field('ballot_start').text()));
  const ct = await seal(field(sealed, 'public_key'), info, nonce, ballot, await deriveSecret(field(sealed, 'ikm_e')));
  assert.equal(hex(ct), sealed.field('ct').text());
  assert.equal(hex(await bind(output, ct)), sealed.field('mac').text());
  assert.equal(hex(receiptLeaf(nonce, ct)), submission.field('receipt').field('leaf').text());
});

test('an evaluation by the Rust side is one that the reference makes, too', () => {
  const credential = submission.field('credential');
  const { evaluated, proof } = ristretto255_oprf
    .poprf(field(submission, 'info'))
    .blindEvaluate(field(credential, 'secret_key'), field(credential, 'blinded'), rngFor(field(credential, 'proof_randomness')));
  assert.equal(hex(evaluated), credential.field('evaluated').text());
  assert.equal(hex(proof), credential.field('proof_c').text() + credential.field('proof_s').text());
});

test('a receipt of the Rust side is read, holds, and is written back byte for byte', () => {
  const vector = submission.field('receipt');
  const document = vector.field('document').text();
  const receipt = readReceipt(document, named);
  assert.ok(receipt && receiptHolds(receipt, named));
  assert.equal(shortCode(receipt), vector.field('short_code').text());
  assert.equal(writeReceipt(receipt, named).trimEnd(), document.trimEnd());
});

test('a receipt of another round is told from a forged one', () => {
  const document = submission.field('receipt').field('document').text();
  assert.equal(readReceipt(document.replace('2026-q4', '2026-q3'), named), undefined);
  const forged = readReceipt(document.replace(/"leaf":"./, '"leaf":"0'), named);
  assert.ok(forged && !receiptHolds(forged, named));
  assert.throws(() => readReceipt('{}', named), Malformed);
  assert.throws(() => readReceipt('not json', named), Malformed);
});

const atOnce = (): Promise<void> => Promise.resolve();

test('a board of the Rust side holds and shows the place of the receipt', async () => {
  const board = await readBoard(submission.field('board').text(), named, atOnce);
  const leaf = field(submission.field('receipt'), 'leaf');
  const place = placeOnBoard(board, leaf) ?? 0;
  assert.deepEqual(board.leaves[place - 1], leaf);
  assert.equal(placeOnBoard(board, leaf.slice(0, 10)), place);
  assert.equal(placeOnBoard(board, x25519.utils.randomSecretKey()), undefined);
  assert.deepEqual([board.invited, board.issued, board.spent], [50, 5, 4]);
});

test('a board with one leaf less, another order, other counts or another signature does not hold', async () => {
  const text = submission.field('board').text();
  type Raw = { leaves: string[]; issued: number; spent: number; invited: number; signature: string; root: string };
  const changed = (change: (raw: Raw) => void): string => {
    const raw = JSON.parse(text) as Raw;
    change(raw);
    return JSON.stringify(raw);
  };
  const changes: ((raw: Raw) => void)[] = [
    (raw) => raw.leaves.pop(),
    (raw) => raw.leaves.reverse(),
    (raw) => { raw.issued += 1; },
    (raw) => { raw.spent -= 1; },
    (raw) => { raw.invited -= 1; },
    (raw) => { raw.signature = `${raw.signature.startsWith('A') ? 'B' : 'A'}${raw.signature.slice(1)}`; },
    (raw) => { raw.root = raw.leaves[0] ?? ''; },
  ];
  for (const change of changes) await assert.rejects(readBoard(changed(change), named, atOnce), WrongBoard);
});

test('ten thousand answers are read and proved in less than a second, and the page can breathe in between', async () => {
  const boardKey = ed25519.utils.randomSecretKey();
  const { h } = named;
  for (const [size, most] of [
    [10_000, 1_000],
    [100_000, Number.POSITIVE_INFINITY],
  ] as const) {
    const manifest = { ...named.manifest, invited: size, boardKey: new Uint8Array(ed25519.getPublicKey(boardKey)) };
    const leaves = Array.from({ length: size }, (_, i) => sha256(u32(i))).sort(compare);
    const top = (await Tree.over(leaves, atOnce)).root;
    const message = concat(utf8('candor/v1/board'), 0, h, top, u32(size), u32(size), u32(size));
    const signature = base64url(new Uint8Array(ed25519.sign(message, boardKey)));
    const text = JSON.stringify({ format: 'candor-board/1', wave: manifest.wave, manifest: hex(h), invited: size, issued: size, spent: size, root: hex(top), signature, leaves: leaves.map(hex) });
    let breaths = 0;
    const before = process.cpuUsage();
    const board = await readBoard(text, { manifest, h }, async () => {
      breaths += 1;
    });
    assert.equal(placeOnBoard(board, leaves[size - 7]?.slice(0, 10) ?? h), size - 6);
    // Time of the processor: other work on the machine does not count.
    const took = process.cpuUsage(before).user / 1000;
    console.log(`  ${size} answers: ${Math.round(took)} ms in ${breaths + 1} steps`);
    assert.ok(took < most, `${took} ms`);
    assert.ok(breaths >= size / 4096 - 1);
  }
});
