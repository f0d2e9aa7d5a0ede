// A stand-in for the server, for tests of the survey page only: the wire of docs/protocol.md, in memory, with noble's cryptography.
//
// It shares no code with the survey page, so that both are checked against the document and against each other.
import { createServer } from 'node:http';
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { ed25519, ristretto255_oprf, x25519 } from '@noble/curves/ed25519.js';
import { Aes128Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';

const DIST = fileURLToPath(new URL('../../src/client/dist/', import.meta.url));
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** What the true server sends, too; its own tests read the same file. */
const HEADERS = JSON.parse(await readFile(new URL('../vectors/headers.json', import.meta.url), 'utf8'));
/** What was compressed once, by form and content. */
const COMPRESSED = new Map();
const LEAF_SIZE = 1024;
const RESPONSE_SIZE = LEAF_SIZE + 1024;
const DAY = 86_400_000;

const H = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const u32 = (value) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const named = (name, ...parts) => Buffer.concat([Buffer.from(`candor/v1/${name}\0`), ...parts]);
const b64 = (bytes) => Buffer.from(bytes).toString('base64url');
const hex = (bytes) => Buffer.from(bytes).toString('hex');

/** A public body in the form that a browser accepts, with the headers that say so. Whatever is personal is never compressed. */
function compressed(body, accepted = '') {
  const coding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : undefined;
  if (coding === undefined) return [body, { vary: 'Accept-Encoding' }];
  const key = `${coding} ${hex(H(body))}`;
  if (!COMPRESSED.has(key)) COMPRESSED.set(key, coding === 'br' ? brotliCompressSync(body) : gzipSync(body, { level: 9 }));
  return [COMPRESSED.get(key), { vary: 'Accept-Encoding', 'content-encoding': coding }];
}

/** A secret as 16 Crockford characters and the check character. */
export function writeCode(secret) {
  let bits = BigInt(`0x${hex(secret)}`);
  const values = [];
  for (let i = 0; i < 16; i++) {
    values.unshift(Number(bits & 31n));
    bits >>= 5n;
  }
  let power = 1;
  let check = 0;
  for (const value of values) {
    power = (power << 1) ^ (power & 16 ? 0x25 : 0);
    for (let bit = 0, term = power; bit < 5; bit++, term = (term << 1) ^ (term & 16 ? 0x25 : 0)) if (value & (1 << bit)) check ^= term;
  }
  return [...values, check].map((value) => ALPHABET[value]).join('');
}

/** What stands behind `#v2.` or `#s2.` in a link: the hash, its two check characters and the code. */
export function fragment(hash, secret) {
  let number = 0n;
  for (const character of hash.toLowerCase()) number = number * 38n + BigInt('0123456789abcdefghijklmnopqrstuvwxyz-_'.indexOf(character));
  const check = Number(number % 1021n);
  return `${hash}.${ALPHABET[Math.floor(check / 32)]}${ALPHABET[check % 32]}.${writeCode(secret)}`;
}

/** A check word for 16 bits. */
export function checkWords(hash, count) {
  const consonants = 'bdfghjklmnprstvz';
  return Array.from({ length: count }, (_, i) => {
    const bits = hash.readUInt16BE(2 * i);
    return consonants[bits >> 12] + 'aiou'[(bits >> 10) & 3] + consonants[(bits >> 6) & 15] + 'aiou'[(bits >> 4) & 3] + consonants[bits & 15];
  });
}

const leafHash = (input) => H(Buffer.of(0), input);
const nodeHash = (left, right) => H(Buffer.of(1), left, right);

function split(count) {
  let k = 1;
  while (k * 2 < count) k *= 2;
  return k;
}

function root(inputs) {
  if (inputs.length === 0) return H('');
  if (inputs.length === 1) return leafHash(inputs[0]);
  const k = split(inputs.length);
  return nodeHash(root(inputs.slice(0, k)), root(inputs.slice(k)));
}

function proof(inputs, index) {
  if (inputs.length <= 1) return [];
  const k = split(inputs.length);
  return index < k ? [...proof(inputs.slice(0, k), index), root(inputs.slice(k))] : [...proof(inputs.slice(k), index - k), root(inputs.slice(0, k))];
}

const GROUPS = [
  { label: 'Research', unit: [], invited: 9, teams: [{ label: 'Research', leaders: ['Ana Ortiz'] }] },
  { label: 'Dispatch and Returns', unit: ['Operations', 'Logistics'], invited: 12, teams: [{ label: 'Dispatch', leaders: ['Maren Vogt', 'Idris Bello'] }, { label: 'Returns', leaders: ['Jonas Lindqvist'] }] },
  { label: 'Workshop North', unit: ['Operations'], invited: 23, teams: [{ label: 'Workshop North', leaders: ['Petra Šimková'] }] },
];

const QUESTIONS = [
  { id: 'HELPS', longest: 500, text: { en: 'What helps people in this team to say openly what they think?', de: 'Was hilft den Menschen in diesem Team, offen zu sagen, was sie denken?' }, licence: 'CC0-1.0', source: 'Candor project' },
  { id: 'CHANGE', longest: 500, text: { en: 'What is the first thing that should change?', de: 'Was sollte sich als Erstes ändern?' }, licence: 'CC0-1.0', source: 'Candor project' },
];

/** What the promise of a round says whose key somebody outside the operator holds. */
export const OUTSIDE = { mode: 'trustee', key_holder: 'Vera Albers', trustee_key: b64(ed25519.getPublicKey(randomBytes(32))) };

/**
 * Starts a round, with open questions if `comments` is set and with that many `statements`, made from the twelve there are. `people` is one group
 * number per invited person that the test needs; `promise` replaces fields of the manifest and `questionnaire` the statements. `ahead` puts the server's clock ahead of the device's, or
 * behind it.
 */
export async function startStandIn({ people = [1, 1, 2, 0], groups = GROUPS, opensAt = Date.now() - DAY, closesAt = Date.now() + 10 * DAY, wave = '2026-q4', comments = false, statements = 12, questionnaire, promise = {}, ahead = 0 } = {}) {
  const client = await readFile(`${DIST}client.js`);
  const css = await readFile(`${DIST}client.css`);
  const spoken = (await readdir(`${DIST}words`)).map((name) => name.replace('.json', ''));
  const paths = spoken.flatMap((language) => [`words/${language}`, `later/${language}`]);
  const words = Object.fromEntries(await Promise.all(paths.map(async (path) => [path, ['application/json', await readFile(`${DIST}${path}.json`)]])));
  const sri = (bytes) => `sha256-${H(bytes).toString('base64')}`;
  let instrument = await readFile(new URL('./standin-instrument.json', import.meta.url));
  if (statements !== 12) {
    const pulse = JSON.parse(instrument);
    const items = Array.from({ length: statements }, (_, i) => ({ ...pulse.items[i % 12], id: `S${i + 1}` }));
    instrument = Buffer.from(JSON.stringify({ ...pulse, items }));
  }
  if (questionnaire) instrument = Buffer.from(JSON.stringify({ ...questionnaire, comments: comments ? questionnaire.comments : undefined }));
  else if (comments) instrument = Buffer.from(JSON.stringify({ ...JSON.parse(instrument), comments: QUESTIONS }));

  const credential = ristretto255_oprf.poprf(new Uint8Array()).generateKeyPair();
  const boxSecret = x25519.utils.randomSecretKey();
  const boardSecret = ed25519.utils.randomSecretKey();
  const padded = groups.map(({ label, unit, invited, teams }, group) => {
    const document = Buffer.from(JSON.stringify({ group, label, unit, invited, predecessors: [], teams }));
    return Buffer.concat([document, Buffer.alloc(LEAF_SIZE - document.length, 0x20)]);
  });
  const inputs = groups.map((group, i) => Buffer.concat([H(group.label.normalize('NFKC').toLowerCase()), u32(group.invited), H(padded[i])]));
  const invited = groups.reduce((sum, group) => sum + group.invited, 0);
  const manifest = {
    format: 'candor-manifest/2',
    wave,
    organisation: 'Halden Instruments',
    mode: 'solo',
    passphrase: false,
    k: 5,
    group_min: 7,
    coalition: 1,
    min_range: 3,
    comments: comments ? { min_respondents: 10, min_comments: 3 } : null,
    audiences: { leaders: 'own-block', unit_leaders: 'sub-total', hr: 'all-blocks', team: true },
    purpose: { de: 'Um zu sehen, wo es schwerfällt, offen zu sprechen, und um in den Teams darüber zu reden.', en: 'To see where speaking up is hard, and to talk about it in the teams.' },
    not_for: { de: 'Für Gehalt, Beförderung, Disziplinarmaßnahmen oder eine Rangliste von Teams oder Führungskräften.', en: 'Pay, promotion, discipline or a ranking of teams or leaders.' },
    contacts: [
      { label: { de: 'Betriebsrat', en: 'Works council' }, address: 'mailto:council@halden.example' },
      { label: { en: 'Helpline for employees' }, address: 'tel:+49-30-1234' },
      { label: { de: 'Beratungsstelle', en: 'Counselling service' }, address: 'https://help.halden.example/talk' },
    ],
    words_posted: { de: 'am Brett neben der Kantine', en: 'on the board beside the canteen' },
    instrument: { id: 'pulse', version: 1, sha256: hex(H(instrument)) },
    languages: ['en', 'de'],
    credential_suite: 'POPRF-ristretto255-SHA512',
    credential_key: b64(credential.publicKey),
    kem_id: 32,
    kdf_id: 1,
    aead_id: 1,
    box_key: b64(x25519.getPublicKey(boxSecret)),
    board_key: b64(ed25519.getPublicKey(boardSecret)),
    notices_key: b64(ed25519.getPublicKey(randomBytes(32))),
    trustee_key: null,
    client_sha256: hex(H(client)),
    groups_root: hex(root(inputs)),
    groups: groups.length,
    invited,
    leaf_size: LEAF_SIZE,
    response_size: RESPONSE_SIZE,
    opens_at: new Date(opensAt).toISOString(),
    schedule: { pace: 'dates', closes_at: new Date(closesAt).toISOString(), grace_seconds: 900, window_seconds: 259_200, publish_at_seconds: 345_600, publish_by_seconds: 1_209_600 },
    nonce: b64(randomBytes(32)),
    ...promise,
  };
  const manifestBytes = Buffer.from(JSON.stringify(manifest));
  const shell = (await readFile(`${DIST}index.html`, 'utf8')).replace('__LANGUAGES__', manifest.languages.join(' ')).replace('__CLIENT_SRI__', sri(client)).replace('__STYLE__', () => css);
  const h = H(manifestBytes);
  const info = (group) => named('ballot', h, u32(group));
  const sign = (name, ...parts) => ed25519.sign(named(name, h, ...parts), boardSecret);

  /** Everything a test may look at or change while the round runs. */
  const round = {
    /** `open`, `closing` (no new credentials), `closed` (board published) or `ended` (without a result). */
    state: 'open',
    /** What the credentials are made with: `credential.secretKey`, or another key for a tagging issuer. */
    issuingKey: credential.secretKey,
    /** The group that a credential is said to be for, when it is not the person's. */
    issuedGroup: undefined,
    /** Bytes served instead of the true ones, by name. */
    served: {},
    /** Requests as [kind, outcome], and how many to answer with "busy" first. */
    requests: [],
    /** Addresses as they arrived, each with what a browser should not tell: referrer and cookies. */
    arrived: [],
    busy: 0,
    /** Whether people have printed cards: until the close nobody is told that one was used. */
    cards: false,
    /** How many seconds a busy server asks to wait. */
    wait: 1,
    /** How far the server's clock is ahead of the device's, in milliseconds. */
    ahead,
    people: people.map((group) => ({ group, blinded: undefined, evaluation: undefined, handle: randomBytes(10) })),
    secrets: new Map(),
    ballots: new Map(),
    /** Leaves of people whom the stand-in does not know, on the list as well. */
    others: [],
    objections: new Set(),
    addressesChanged: 0,
    answerToObjections: null,
    /** By how many days the close was put off. */
    extended: 0,
    /** Whether an ended round had been closed before: its list stays. */
    listStays: false,
    /** Where a closed round is: 1 closed, 2 opened, 3 published. */
    stage: 1,
  };

  const mint = (person) => {
    const secret = randomBytes(10);
    round.secrets.set(hex(secret), person);
    return secret;
  };

  function leaf(payload) {
    if (round.state !== 'open') return [4];
    const person = round.people[round.secrets.get(hex(payload.subarray(0, 10)))];
    if (person === undefined) return [2];
    const path = proof(inputs, person.group);
    return [0, Buffer.concat([Buffer.of(person.blinded && !round.cards ? 1 : 0), u32(person.group), u32(groups.length), Buffer.of(path.length), ...path, padded[person.group]])];
  }

  function issue(payload) {
    if (!['open', 'closing'].includes(round.state)) return [4];
    const person = round.people[round.secrets.get(hex(payload.subarray(0, 10)))];
    if (person === undefined) return [2];
    const blinded = payload.subarray(10, 42);
    if (person.blinded && !person.blinded.equals(H(blinded))) return [3];
    // As long as answers under way may arrive, one that was lost is given again, and no new one.
    if (round.state === 'closing' && !person.blinded) return [4];
    person.blinded = H(blinded);
    const { evaluated, proof: dleq } = ristretto255_oprf.poprf(info(person.group)).blindEvaluate(round.issuingKey, Uint8Array.from(blinded));
    return [0, Buffer.concat([u32(round.issuedGroup ?? person.group), evaluated, dleq])];
  }

  function redeem(payload) {
    if (round.state === 'closed') return [4];
    const group = payload.readUInt32BE(0);
    const nonce = payload.subarray(4, 36);
    const mac = payload.subarray(36, 68);
    const ct = payload.subarray(68, 68 + 4144);
    if (group >= groups.length) return [5];
    const output = ristretto255_oprf.poprf(info(group)).evaluate(credential.secretKey, Uint8Array.from(nonce));
    if (!createHmac('sha256', output).update(ct).digest().equals(mac)) return [5];
    const earlier = round.ballots.get(hex(nonce));
    if (earlier && !earlier.ct.equals(ct)) return [6];
    round.ballots.set(hex(nonce), { group, nonce: Buffer.from(nonce), ct: Buffer.from(ct) });
    const made = H(nonce, H(ct));
    return [0, Buffer.concat([made, sign('receipt', made)])];
  }

  function status(payload) {
    const person = round.people.find((one) => one.handle.equals(payload.subarray(0, 10)));
    if (person === undefined) return [2];
    const seconds = (moment) => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64BE(BigInt(Math.floor(moment / 1000)));
      return bytes;
    };
    const published = round.stage === 3;
    const code = published && manifest.audiences.team ? Buffer.concat([Buffer.of(1), Buffer.alloc(16, person.group + 1)]) : Buffer.alloc(17);
    return [0, Buffer.concat([Buffer.of(person.blinded ? 1 : 0, round.stage), seconds(closesAt), published ? seconds(closesAt + 4 * DAY) : Buffer.alloc(8), code])];
  }

  const leavesOnBoard = () => [...[...round.ballots.values()].map(({ nonce, ct }) => H(nonce, H(ct))), ...round.others].sort(Buffer.compare);

  function objection(payload) {
    if (round.state !== 'closed') return [4];
    const leaf = payload.subarray(0, 32);
    if (!ed25519.verify(payload.subarray(32, 96), named('receipt', h, leaf), ed25519.getPublicKey(boardSecret))) return [5];
    const there = leavesOnBoard().some((one) => one.equals(leaf));
    if (!there) round.objections.add(hex(leaf));
    return [0, Buffer.of(there ? 1 : 0)];
  }

  function board() {
    const leaves = leavesOnBoard();
    const issued = round.people.filter((person) => person.blinded).length + round.others.length;
    const top = root(leaves);
    const signature = sign('board', top, u32(invited), u32(issued), u32(leaves.length));
    return JSON.stringify({ format: 'candor-board/1', wave, manifest: hex(h), invited, issued, spent: leaves.length, root: hex(top), signature: b64(signature), leaves: leaves.map(hex) });
  }

  const STATUS = [200, 400, 403, 409, 410, 403, 409, 503, 404, 500, 429];
  const base = `/w/${wave}/`;

  async function answer(request) {
    const path = request.url;
    round.arrived.push([path, request.headers.referer, request.headers.cookie]);
    if (request.method === 'POST' && path === `${base}box`) {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      const body = Buffer.concat(chunks);
      const [kind, payload] = [body[1], body.subarray(2)];
      const wellFormed = body.length === 4608 && body[0] === 1 && request.headers['content-type'] === 'application/octet-stream';
      let outcome = 1;
      let given = Buffer.alloc(0);
      if (round.busy > 0) {
        round.busy -= 1;
        outcome = 7;
      } else if (wellFormed) {
        [outcome, given = given] = round.state === 'ended' ? [4, Buffer.of(1)] : { 1: leaf, 2: issue, 3: redeem, 4: status, 5: objection }[kind]?.(payload) ?? [1];
      }
      round.requests.push([kind, outcome]);
      const response = Buffer.alloc(RESPONSE_SIZE);
      response[0] = 1;
      response[1] = outcome;
      given.copy(response, 2);
      return [STATUS[outcome], 'application/octet-stream', response, outcome === 7 ? { 'Retry-After': String(round.wait) } : {}];
    }
    if (request.method !== 'GET') return [405, 'text/plain', '', {}];
    const name = path.startsWith(base) ? path.slice(base.length) : undefined;
    const manifestNow = Buffer.from(round.served.manifest ?? manifestBytes);
    const files = {
      '': ['text/html; charset=utf-8', shell],
      'client.js': ['text/javascript; charset=utf-8', client],
      'client.css': ['text/css; charset=utf-8', css],
      ...words,
      round: ['application/octet-stream', Buffer.concat([u32(manifestNow.length), manifestNow, Buffer.from(round.served.instrument ?? instrument)])],
      manifest: ['application/json', manifestBytes],
      instrument: ['application/json', instrument],
      ...(manifest.schedule.extension_days > 0 && {
        close: ['application/json', JSON.stringify({ format: 'candor-close/1', wave, closes_at: new Date(Date.parse(manifest.schedule.closes_at) + round.extended * DAY).toISOString(), extended_days: round.extended })],
      }),
      groups: ['application/json', JSON.stringify(groups.map((group, i) => ({ label: hex(inputs[i].subarray(0, 32)), invited: group.invited, document: hex(inputs[i].subarray(36)) })))],
      ...((round.state === 'closed' || round.listStays) && {
        board: ['application/json', board()],
        objections: ['application/json', JSON.stringify({ format: 'candor-objections/1', wave, count: round.objections.size, answer: round.answerToObjections, ...(round.addressesChanged > 0 && { addresses_changed: round.addressesChanged }), ...(round.state === 'ended' && { ended: true }) })],
      }),
    };
    const found = name?.startsWith('%23') ? files[''] : files[name];
    if (round.state === 'ended' && name === 'board' && !round.listStays) return [410, 'text/plain', '', {}];
    if (found === undefined) return [404, 'text/plain', 'not found', {}];
    const body = round.served[name] ?? found[1];
    const [bytes, headers] = name === 'objections' || name === 'close' ? [body, {}] : compressed(body, request.headers['accept-encoding']);
    return [200, found[0], bytes, found === files[''] ? { ...headers, ...ofPage } : headers];
  }

  /** Filled in once the port is known. */
  let ofPage = {};
  const server = createServer((request, response) => {
    answer(request).then(
      ([status, type, body, extra]) => response.writeHead(status, { ...HEADERS['every answer'], date: new Date(Date.now() + round.ahead).toUTCString(), 'content-type': type, ...extra }).end(body),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;

  const filled = (policy) => policy.replace('sha256-PROGRAM', sri(client)).replace('ORIGIN', origin).replace('WAVE', wave).replace('sha256-LOOK', sri(css));
  ofPage = Object.fromEntries(Object.entries(HEADERS['survey page']).map(([header, policy]) => [header, filled(policy)]));

  const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm() });
  return Object.assign(round, {
    origin,
    base: `${origin}${base}`,
    h,
    waveWords: checkWords(h, 6),
    manifestBytes,
    /** A new link for a person, as a reminder brings one. */
    link(person, { h: hash = b64(h), secret = mint(person) } = {}) {
      return `${origin}${base}#v2.${fragment(hash, secret)}`;
    },
    code(person) {
      return writeCode(mint(person)).replace(/(.{4})(?=.)/g, '$1-');
    },
    /** The code of a closing mail, or of a card after the close. */
    statusCode(person) {
      return writeCode(round.people[person].handle).replace(/(.{4})(?=.)/g, '$1-');
    },
    statusLink(person) {
      return `${origin}${base}#s2.${fragment(b64(h), round.people[person].handle)}`;
    },
    /** The answers in the box, opened with another implementation of HPKE: level and one byte per item. */
    async open() {
      const opened = [];
      for (const { group, nonce, ct } of round.ballots.values()) {
        const recipientKey = await suite.kem.importKey('raw', boxSecret.slice().buffer, false);
        const plain = Buffer.from(await suite.open({ recipientKey, enc: ct.subarray(0, 32), info: info(group) }, ct.subarray(32), nonce));
        const count = plain.readUInt16BE(2);
        opened.push({ group, version: plain[0], level: plain[1], answers: [...plain.subarray(4, 4 + count)], rest: plain.subarray(4 + count) });
      }
      return opened;
    },
    stop: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  });
}

// As a program it serves one round for looking at, and prints a link per person.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const round = await startStandIn();
  round.people.forEach((_, person) => console.log(round.link(person), round.code(person)));
  console.log(round.statusLink(0));
}
