// Bytes on the wire: manifest, groups, trees, ballot, requests and answers, against the vectors of the Rust side.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BLANK, CANNOT_SAY, plainText, writeBallot } from '../src/ballot.ts';
import { NoAnswer, issueRequest, leafRequest, objectionRequest, post, readAnswer, readStanding, redeemRequest, statusRequest } from '../src/box.ts';
import { type Bytes, concat, equal, hex, sha256, utf8 } from '../src/bytes.ts';
import { WrongLeaf, groupListHolds, normaliseLabel, readGroup, readMembership } from '../src/group.ts';
import { Malformed, Value } from '../src/json.ts';
import { ballotInfo, extendedBy, readManifest } from '../src/manifest.ts';
import { leafHash, Tree, root, verifyInclusion } from '../src/merkle.ts';
import { readObjections } from '../src/objection.ts';
import { bytes, field, vectors } from './vectors.ts';

const MANIFEST = vectors.field('manifest').field('bytes').text();
const { manifest, h } = readManifest(utf8(MANIFEST));

test('the manifest is named by the hash of its bytes', () => {
  assert.equal(hex(h), vectors.field('manifest').field('hash').text());
  assert.equal(manifest.wave, '2026-q4');
  assert.equal(manifest.k, 5);
  assert.deepEqual(manifest.noticesKey, field(vectors.field('submission').field('notice'), 'notices_key'));
  assert.equal(manifest.groups, 5);
  assert.equal(manifest.schedule.closesAt, Date.parse('2026-11-15T18:00:00Z'));
});

test('a manifest of another format, mode, suite or size is refused by field', () => {
  const changes: [string, string, string][] = [
    ['"candor-manifest/2"', '"candor-manifest/1"', 'manifest.format'],
    ['"mode":"solo"', '"mode":"trustee"', 'manifest.trustee_key'],
    ['"mode":"solo"', '"mode":"layered"', 'manifest.mode'],
    ['"trustee_key":null', `"trustee_key":"${'A'.repeat(43)}"`, 'manifest.trustee_key'],
    ['"comments":null', '"comments":{}', 'manifest.comments.min_respondents'],
    ['POPRF-ristretto255-SHA512', 'VOPRF-ristretto255-SHA512', 'manifest.credential_suite'],
    ['"kem_id":32', '"kem_id":16', 'manifest.kem_id'],
    ['"aead_id":1', '"aead_id":2', 'manifest.aead_id'],
    ['"response_size":1280', '"response_size":1281', 'manifest.response_size'],
    ['"hr":"all-blocks"', '"hr":"rows"', 'manifest.audiences.hr'],
    ['"team":true', '"team":"managers"', 'manifest.audiences.team'],
    ['"purpose":{"de"', '"purpose":{},"x":{"de"', 'manifest.purpose'],
    ['"Pay or discipline."', '" "', 'manifest.not_for'],
    ['mailto:council@example.org', 'javascript:alert(1)', 'manifest.contacts[0].address'],
    ['mailto:council@example.org', 'https://council@example.org', 'manifest.contacts[0].address'],
    ['tel:+49-30-1234', 'http://example.org', 'manifest.contacts[1].address'],
    ['tel:+49-30-1234', 'tel:112 ', 'manifest.contacts[1].address'],
    ['"passphrase":true', '"passphrase":false', 'manifest.key_holder'],
    ['"cards":3', '"cards":-3', 'manifest.cards'],
    ['"cards":3', '"cards":3,"weakened_by":["archive","superuser"]', 'manifest.weakened_by[1]'],
    ['"pace":"dates"', '"pace":"whim"', 'manifest.schedule.pace'],
    ['"publish_by_seconds":', '"extension_days":8,"publish_by_seconds":', 'manifest.schedule.extension_days'],
    ['"invited":50', '"invited":-1', 'manifest.invited'],
    ['"box_key":"zo', '"box_key":"', 'manifest.box_key'],
    ['"notices_key":"', '"notices_key":"A', 'manifest.notices_key'],
  ];
  for (const [from, to, where] of changes) {
    assert.ok(MANIFEST.includes(from), from);
    assert.throws(() => readManifest(utf8(MANIFEST.replace(from, to))), (error) => error instanceof Malformed && error.where === where, where);
  }
  assert.throws(() => readManifest(utf8('<html>sign in</html>')), Malformed);
});

test('the close moves by the days of the one extension, and never further than the promise declares', () => {
  assert.deepEqual([manifest.schedule.mayExtend, manifest.schedule.extended], [0, 0], 'promises of earlier versions declare none');
  assert.throws(() => extendedBy(manifest, 1), Malformed);
  const declared = readManifest(utf8(MANIFEST.replace('"publish_by_seconds":', '"extension_days":3,"publish_by_seconds":'))).manifest;
  const extended = extendedBy(declared, 3);
  assert.equal(extended.schedule.closesAt, Date.parse('2026-11-18T18:00:00Z'));
  assert.equal(extended.schedule.extended, 3);
  assert.equal(extended.schedule.publishAt, manifest.schedule.publishAt, 'what follows counts from the close');
  assert.deepEqual(extendedBy(extended, 3), extended, 'told twice is once');
  assert.throws(() => extendedBy(declared, 4), (error) => error instanceof Malformed && error.where === 'close.extended_days');
});

test('what the organisation says in its own words is read, the default language of the round first', () => {
  assert.deepEqual([...manifest.purpose.keys()], ['en', 'de']);
  assert.equal(manifest.notFor.get('de'), 'Gehalt oder Disziplinarmaßnahmen.');
  assert.deepEqual(manifest.contacts.map(({ address }) => address), ['mailto:council@example.org', 'tel:+49-30-1234']);
  assert.deepEqual([...(manifest.contacts[1]?.label ?? [])], [['en', 'Helpline']]);
  assert.equal(manifest.wordsPosted?.get('en'), 'On the notice board by the canteen');
  assert.deepEqual([manifest.keyHolder, manifest.cards], ['Vera Albers', 3]);
});

test('somebody outside who holds the key has a name and a key of their own, and the operator has no passphrase', () => {
  const outside = MANIFEST.replace('"mode":"solo"', '"mode":"trustee"').replace('"trustee_key":null', `"trustee_key":"${'A'.repeat(43)}"`).replace('"passphrase":true', '"passphrase":false');
  const { keyHolder, passphrase, trustee } = readManifest(utf8(outside)).manifest;
  assert.deepEqual([trustee, passphrase, keyHolder], ['Vera Albers', false, undefined], 'nobody holds a passphrase where there is none');
  assert.equal(manifest.trustee, undefined, 'the holder of a passphrase does not hold the key');
  const changes: [string, string, string][] = [
    ['"passphrase":false', '"passphrase":true', 'manifest.passphrase'],
    ['"key_holder":"Vera Albers",', '', 'manifest.key_holder'],
    [`"trustee_key":"${'A'.repeat(43)}"`, '"trustee_key":null', 'manifest.trustee_key'],
    [`"trustee_key":"${'A'.repeat(43)}"`, `"trustee_key":"${'A'.repeat(42)}"`, 'manifest.trustee_key'],
  ];
  for (const [from, to, where] of changes) {
    assert.ok(outside.includes(from), from);
    assert.throws(() => readManifest(utf8(outside.replace(from, to))), (error) => error instanceof Malformed && error.where === where, where);
  }
});

test('a round without contacts, key holder, posted words and cards says nothing of them', () => {
  const silent = MANIFEST.replace(/"contacts":\[.*"cards":3,/, '');
  assert.notEqual(silent, MANIFEST);
  const { contacts, keyHolder, wordsPosted, cards } = readManifest(utf8(silent)).manifest;
  assert.deepEqual([contacts, keyHolder, wordsPosted, cards], [[], undefined, undefined, 0]);
});

test('more contacts than anybody looks at are refused', () => {
  const many = MANIFEST.replace('"contacts":[', `"contacts":[${'{"label":{"en":"A"},"address":"tel:112"},'.repeat(2)}`);
  assert.throws(() => readManifest(utf8(many)), Malformed);
});

test('a rule for comments is read, and one that promises less than the page says is refused', () => {
  const withRule = (people: number, comments: number): Uint8Array =>
    utf8(MANIFEST.replace('"comments":null', `"comments":{"min_respondents":${people},"min_comments":${comments}}`));
  assert.equal(manifest.comments, undefined);
  assert.deepEqual(readManifest(withRule(12, 4)).manifest.comments, { people: 12, comments: 4 });
  for (const [people, comments] of [[9, 3], [10, 2]] as const) assert.throws(() => readManifest(withRule(people, comments)), Malformed);
  const strict = utf8(MANIFEST.replace('"k":5', '"k":6').replace('"comments":null', '"comments":{"min_respondents":11,"min_comments":3}'));
  assert.throws(() => readManifest(strict), Malformed);
});

test('a manifest of an earlier version has no key for notices', () => {
  const older = MANIFEST.replace(/"notices_key":"[^"]*",/, '');
  assert.notEqual(older, MANIFEST);
  assert.equal(readManifest(utf8(older)).manifest.noticesKey, undefined);
});

test('info binds manifest and group', () => {
  for (const vector of vectors.field('info').list()) {
    assert.equal(hex(ballotInfo(field(vector, 'manifest_hash'), vector.field('group').whole())), vector.field('info').text());
  }
});

test('labels are normalised as on the other side', () => {
  for (const vector of vectors.field('labels').list()) {
    const normalised = normaliseLabel(vector.field('label').text());
    assert.equal(normalised, vector.field('normalised').text());
    assert.equal(hex(sha256(utf8(normalised))), vector.field('hash').text());
  }
});

test('group documents give the leaves and the root of the vectors', () => {
  const list = vectors.field('groups');
  for (const vector of list.field('groups').list()) {
    const group = readGroup(utf8(vector.field('document').text()));
    assert.equal(group.id, vector.field('group').whole());
    assert.equal(hex(group.leaf), vector.field('leaf_hash').text());
    assert.equal(hex(leafHash(field(vector, 'input'))), vector.field('leaf_hash').text());
    const proof = vector.field('proof').list().map((node) => bytes(node.text()));
    assert.ok(verifyInclusion(group.leaf, group.id, manifest.groups, proof, manifest.groupsRoot));
  }
  assert.ok(groupListHolds(list.field('public'), manifest));
});

test('a list of groups with a doubled name, a changed N or a missing group does not hold', () => {
  const text = JSON.stringify(vectors.field('groups').field('public').raw);
  const changed = (change: (list: { label: string; invited: number }[]) => void): Value => {
    const list = JSON.parse(text) as { label: string; invited: number }[];
    change(list);
    return new Value(list, 'groups');
  };
  assert.ok(!groupListHolds(changed((list) => list.pop()), manifest));
  assert.ok(!groupListHolds(changed((list) => { if (list[0]) list[0].invited += 1; }), manifest));
  assert.ok(!groupListHolds(changed((list) => { if (list[0] && list[1]) list[1].label = list[0].label; }), manifest));
});

test('trees are those of RFC 6962: every proof leads to the root, and no other leaf does', () => {
  for (const vector of vectors.field('trees').field('groups').list()) {
    const inputs = vector.field('inputs').list().map((input) => bytes(input.text()));
    const expected = field(vector, 'root');
    assert.ok(equal(root(inputs), expected));
    vector.field('proofs').list().forEach((proof, index) => {
      const path = proof.list().map((node) => bytes(node.text()));
      const leaf = leafHash(inputs[index] ?? new Uint8Array());
      assert.ok(verifyInclusion(leaf, index, inputs.length, path, expected));
      assert.ok(!verifyInclusion(leaf, index + 1, inputs.length, path, expected) || inputs.length === 1);
      assert.ok(!verifyInclusion(leaf, index, inputs.length, [...path, leaf], expected));
      assert.ok(!verifyInclusion(leafHash(leaf), index, inputs.length, path, expected));
      if (path.length > 0) assert.ok(!verifyInclusion(leaf, index, inputs.length, path.slice(1), expected));
    });
  }
  for (const vector of vectors.field('trees').field('boards').list()) {
    assert.equal(hex(root(vector.field('leaves').list().map((leaf) => bytes(leaf.text())))), vector.field('root').text());
  }
});

test('a tree that is kept gives the same root, and proofs that hold, in every shape', async () => {
  for (let size = 0; size < 40; size++) {
    const inputs = Array.from({ length: size }, (_, i) => sha256(i));
    const tree = await Tree.over(inputs, () => Promise.resolve());
    assert.deepEqual(tree.root, root(inputs));
    inputs.forEach((input, i) => assert.ok(verifyInclusion(leafHash(input), i, size, tree.proof(i), tree.root), `${i} of ${size}`));
  }
});

test('an index outside the tree is never included', () => {
  const leaf = leafHash(utf8('x'));
  for (const index of [-1, 1, 0.5, Number.NaN]) assert.ok(!verifyInclusion(leaf, index, 1, [], leaf));
  assert.ok(!verifyInclusion(leaf, 0, 0, [], leaf));
});

test('ballots are written as the vectors write them', () => {
  for (const vector of vectors.field('ballots').field('valid').list()) {
    const answers = vector.field('answers').list().map(({ raw }) => (raw === null ? BLANK : raw === 'cannot-say' ? CANNOT_SAY : Number(raw)));
    const points = vector.field('points').list().map((point) => point.whole());
    const level = vector.field('level').whole();
    assert.ok(level === 0 || level === 1 || level === 2);
    const texts = vector.field('comments').list().map((text) => text.text());
    const longest = vector.field('longest').list().map((length) => length.whole());
    const ballot = writeBallot(level, answers, points, { texts, longest });
    assert.equal(ballot.length, 4096);
    assert.ok(hex(ballot).startsWith(vector.field('start').text()));
    assert.equal(hex(sha256(ballot)), vector.field('sha256').text());
  }
});

test('a ballot with an answer beyond its scale cannot be written', () => {
  for (const answer of [8, 254, -1, 1.5, Number.NaN]) assert.throws(() => writeBallot(0, [answer], [7]), RangeError);
  assert.throws(() => writeBallot(0, [1], [7, 7]), RangeError);
});

test('a comment beyond its length, or without its question, cannot be written', () => {
  const write = (texts: string[], longest: number[]): Bytes => writeBallot(0, [1], [7], { texts, longest });
  assert.equal(write(['👍👍'], [2]).length, 4096);
  assert.throws(() => write(['abc'], [2]), RangeError);
  assert.throws(() => write(['a'], []), RangeError);
  assert.throws(() => write(['👍'.repeat(600), '👍'.repeat(600)], [600, 600]), RangeError);
});

test('whatever is typed becomes plain text that the ballot takes', () => {
  const typed: [string, string][] = [
    ['  a\r\nb\rc\u2028d\u0000\u0007\u0085 ', 'a\nb\nc\nd'],
    ['a\tb', 'a b'],
    ['u\u0308ber', 'über'],
    ['\u00a0\ufeff x \n', 'x'],
    ['cut \ud83d', 'cut \ufffd'],
    [' \n ', ''],
  ];
  for (const [from, to] of typed) assert.equal(plainText(from), to);
});

test('requests are 4,608 bytes and those of the vectors', () => {
  const secret = bytes('63616e646f722d6b6579');
  const filled = (value: number, length: number): Bytes => new Uint8Array(length).fill(value);
  const made = new Map([
    ['leaf', leafRequest(secret)],
    ['issue', issueRequest(secret, filled(0x8d, 32))],
    ['redeem', redeemRequest(3, filled(0x5a, 32), filled(0x6b, 32), filled(0x7c, 4144))],
    ['status', statusRequest(secret)],
    ['objection', objectionRequest(filled(0x44, 32), filled(0x55, 64))],
  ]);
  for (const vector of vectors.field('wire').field('requests').list()) {
    const request = made.get(vector.field('name').text());
    assert.ok(request);
    assert.equal(request.length, vector.field('size').whole());
    assert.equal(hex(sha256(request)), vector.field('sha256').text(), vector.field('name').text());
  }
});

/** The answers of the vectors: their start, with zeros to the end. */
function answers(): { name: string; whole: Bytes }[] {
  return vectors.field('wire').field('answers').list().map((vector) => {
    const whole = new Uint8Array(vector.field('size').whole());
    whole.set(field(vector, 'start'));
    if (hex(sha256(whole)) !== vector.field('sha256').text()) throw new Error(`${vector.where}: the start is not all of it`);
    return { name: vector.field('name').text(), whole };
  });
}

test('answers of the vectors are understood', () => {
  const size = vectors.field('wire').field('response_size').whole();
  const read = answers().map(({ name, whole }) => ({ name, answer: readAnswer(whole, size) }));
  assert.deepEqual(read.filter(({ name }) => name === 'refused').map(({ answer }) => answer?.outcome), [1, 2, 3, 4, 4, 5, 6, 7, 8, 9, 10]);
  assert.deepEqual(read.map(({ answer }) => answer?.ended).filter(Boolean).length, 1);
  const payload = (wanted: string): Bytes => read.find(({ name }) => name === wanted)?.answer?.payload ?? new Uint8Array();
  const membership = readMembership(payload('leaf'), manifest);
  assert.equal(membership.group.id, 3);
  assert.equal(membership.group.label, 'Team 3 · Süd');
  assert.deepEqual(readStanding(payload('status')), {
    answered: true,
    stage: 'published',
    closedAt: 1_794_765_600_000,
    publishedAt: 1_795_111_200_000,
    result: 'team/p6enp6enp6enp6enp6enpw',
  });
  const closed = concat(0, 1, new Uint8Array(33));
  assert.deepEqual(readStanding(closed), { answered: false, stage: 'closed', closedAt: 0, publishedAt: 0, result: undefined });
  for (const unknown of [0, 4]) assert.throws(() => readStanding(concat(0, unknown, new Uint8Array(33))), Malformed);
});

test('a group that is not in the frozen list is refused', () => {
  const leaf = answers().find(({ name }) => name === 'leaf')?.whole ?? new Uint8Array();
  const payload = leaf.slice(2);
  const proofAt = 10;
  const documentAt = proofAt + 32 * (payload[9] ?? 0);
  for (const at of [4, 8, proofAt, documentAt + 25, documentAt + 90, documentAt + manifest.leafSize - 1]) {
    const altered = payload.slice();
    altered[at] = (altered[at] ?? 0) ^ 1;
    assert.throws(() => readMembership(altered, manifest), (error) => error instanceof WrongLeaf || error instanceof Malformed, `byte ${at}`);
  }
});

test('what is not an answer of the protocol counts as no connection and can be tried again', async () => {
  assert.equal(readAnswer(utf8('<html>proxy</html>'), 1280), undefined);
  const original = globalThis.fetch;
  const replies = [
    () => Promise.reject(new TypeError('network')),
    () => Promise.resolve(new Response('<html>proxy</html>', { status: 502 })),
    () => Promise.resolve(new Response(concat(1, 7, new Uint8Array(1278)), { status: 503, headers: { 'Retry-After': '9' } })),
  ];
  const caught: unknown[] = [];
  try {
    for (const reply of replies) {
      globalThis.fetch = reply;
      await post('https://example.org/w/x/box', new Uint8Array(4608), 1280).catch((error: unknown) => caught.push(error));
    }
  } finally {
    globalThis.fetch = original;
  }
  assert.ok(caught.every((error) => error instanceof NoAnswer));
  assert.deepEqual(caught.map((error) => (error instanceof NoAnswer ? [error.busy, error.wait] : [])), [[false, undefined], [false, undefined], [true, 9]]);
});

test('objections are read with and without an answer', () => {
  const text = '{"format":"candor-objections/1","wave":"2026-q4","count":2,"answer":null}';
  assert.deepEqual(readObjections(text, '2026-q4'), { count: 2, answer: undefined, ended: false, addressesChanged: 0, foundLater: [] });
  assert.deepEqual(readObjections(text.replace('null', '"It was found."'), '2026-q4'), { count: 2, answer: 'It was found.', ended: false, addressesChanged: 0, foundLater: [] });
  assert.ok(readObjections(text.replace('null', 'null,"ended":true'), '2026-q4').ended, 'the round was ended after its close');
  assert.equal(readObjections(text.replace('null', 'null,"addresses_changed":3'), '2026-q4').addressesChanged, 3);
  assert.deepEqual(readObjections(text.replace('null', 'null,"found_later":["archive","of-a-later-version"]'), '2026-q4').foundLater, ['archive', 'unseen']);
  assert.throws(() => readObjections(text, '2026-q3'), Malformed);
});
