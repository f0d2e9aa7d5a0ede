// Codes, check words, links: what people read, type and click.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { base64url, fromBase64url, fromHex, hex, sha256, u16 } from '../src/bytes.ts';
import { checkWords, GROUP_WORDS, WAVE_WORDS } from '../src/checkwords.ts';
import { readCode, readShortCode, showCode, showShortCode, writeCode } from '../src/code.ts';
import { linkInAddress, readLink, waveIn, waveOf } from '../src/link.ts';
import { linkNames } from '../src/manifest.ts';
import { bytes, field, vectors } from './vectors.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SECRET = bytes('63616e646f722d6b6579');
const CODE = 'CDGPWS3FE8PPPSBSW';
const H64 = vectors.field('manifest').field('hash_base64url').text();

test('codes are written as the vectors write them', () => {
  for (const vector of vectors.field('codes').field('written').list()) {
    assert.equal(writeCode(field(vector, 'bytes')), vector.field('code').text());
    assert.equal(showCode(field(vector, 'bytes')), vector.field('display').text());
  }
});

test('codes are read however people type them', () => {
  for (const vector of vectors.field('codes').field('typed').list()) assert.deepEqual(readCode(vector.field('text').text()), field(vector, 'bytes'));
  assert.deepEqual(readCode('cdgp–ws3f e8pp—psbs w'), SECRET);
});

test('codes that are no codes are refused with the reason', () => {
  for (const vector of vectors.field('codes').field('refused').list()) {
    const text = vector.field('text').text();
    assert.equal(readCode(text), text === '' ? 'empty' : vector.field('problem').text(), text);
  }
});

test('every single wrong character and every exchange of two characters is caught', () => {
  for (let i = 0; i < CODE.length; i++) {
    for (const other of ALPHABET) {
      if (other !== CODE[i]) assert.equal(readCode(CODE.slice(0, i) + other + CODE.slice(i + 1)), 'check');
    }
    for (let j = i + 1; j < CODE.length; j++) {
      const swapped = [...CODE];
      [swapped[i], swapped[j]] = [swapped[j] ?? '', swapped[i] ?? ''];
      if (swapped.join('') !== CODE) assert.equal(readCode(swapped.join('')), 'check', `${i} and ${j}`);
    }
  }
});

test('a short code is the start of a leaf and has no check character', () => {
  const receipt = vectors.field('submission').field('receipt');
  const leaf = field(receipt, 'leaf');
  assert.equal(showShortCode(leaf), receipt.field('short_code').text());
  assert.deepEqual(readShortCode(receipt.field('short_code').text().toLowerCase()), leaf.slice(0, 10));
  assert.equal(readShortCode('ABC'), 'length');
  assert.equal(readShortCode(' '), 'empty');
});

test('check words are those of the vectors', () => {
  const words = vectors.field('words');
  for (const vector of words.field('words').list()) assert.deepEqual(checkWords(u16(vector.field('bits').whole()), 1), [vector.field('word').text()]);
  const ofManifest = words.field('manifest');
  assert.deepEqual(checkWords(field(ofManifest, 'hash'), WAVE_WORDS), ofManifest.field('words').list().map((word) => word.text()));
  for (const group of vectors.field('groups').field('groups').list()) {
    assert.deepEqual(checkWords(field(group, 'leaf_hash'), GROUP_WORDS), group.field('words').list().map((word) => word.text()));
  }
});

test('base64url and hex read back what they write and refuse anything else', () => {
  assert.equal(base64url(field(vectors.field('manifest'), 'hash')), vectors.field('manifest').field('hash_base64url').text());
  for (let length = 0; length < 40; length++) {
    const some = sha256(length).subarray(0, length);
    assert.deepEqual(fromBase64url(base64url(some)), Uint8Array.from(some));
    assert.deepEqual(fromHex(hex(some)), Uint8Array.from(some));
  }
  for (const text of ['A', 'AB=', 'A+', 'AB']) assert.equal(fromBase64url(text), undefined, text);
  for (const text of ['A', 'AB', '0g']) assert.equal(fromHex(text), undefined, text);
});

/** Reads a link with this hash and these check characters. */
const withHash = (hash: string, check: string) => readLink(`#v2.${hash}.${check}.${CODE}`);

test('a link is read from the fragment', () => {
  const links = vectors.field('links');
  const answer = { purpose: 'answer', manifest: H64, secret: SECRET };
  assert.deepEqual(readLink(new URL(links.field('answer').text()).hash), answer);
  assert.deepEqual(readLink(new URL(links.field('status').text()).hash), { ...answer, purpose: 'status' });
  assert.deepEqual(readLink(new URL(links.field('earlier').text()).hash), answer);
  assert.equal(readLink(new URL(links.field('damaged').text()).hash), 'damaged');
});

test('check characters are those of the vectors', () => {
  for (const vector of vectors.field('links').field('checks').list()) {
    const [hash, check] = [vector.field('hash').text(), vector.field('check').text()];
    assert.deepEqual(withHash(hash, check), { purpose: 'answer', manifest: hash, secret: SECRET });
    assert.notEqual(withHash(hash.toLowerCase(), check.toLowerCase()), 'damaged');
  }
});

test('every single wrong character of a hash and every exchange of two make the link a damaged one', () => {
  const replaced = (text: string, i: number, by: string): string => text.slice(0, i) + by + text.slice(i + 1);
  const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
  for (const vector of vectors.field('links').field('checks').list()) {
    const [hash, check] = [vector.field('hash').text(), vector.field('check').text()];
    for (let i = 0; i < hash.length; i++) {
      for (const other of 'abcdefghijklmnopqrstuvwxyz0123456789-_') {
        if (!same(other, hash.charAt(i))) assert.equal(withHash(replaced(hash, i, other), check), 'damaged', `${i}: ${other}`);
      }
      for (let j = i + 1; j < hash.length; j++) {
        const swapped = replaced(replaced(hash, i, hash.charAt(j)), j, hash.charAt(i));
        if (!same(swapped, hash)) assert.equal(withHash(swapped, check), 'damaged', `${i} and ${j}`);
      }
    }
    for (const other of ALPHABET) {
      if (other !== check[0]) assert.equal(withHash(hash, other + check.charAt(1)), 'damaged');
      if (other !== check[1]) assert.equal(withHash(hash, check.charAt(0) + other), 'damaged');
    }
  }
});

test('a link survives what mail programs do to it', () => {
  const link = new URL(vectors.field('links').field('answer').text()).hash.slice(1);
  const expected = readLink(link);
  assert.notEqual(typeof expected, 'string');
  const at = (pathname: string, hash = '', search = '') => linkInAddress({ pathname, hash, search });
  assert.deepEqual(at('/w/2026-q4/', `#${link}`), expected);
  assert.deepEqual(at(`/w/2026-q4/%23${link}`), expected);
  assert.deepEqual(at(`/w/2026-q4/%2523${link}`), expected);
  assert.deepEqual(at(`/w/2026-q4%23${link}`), expected);
  assert.deepEqual(at('/w/2026-q4/', `#${link.slice(0, 47).replace('v', 'V')}${link.slice(47).toLowerCase()}`), expected);
  assert.deepEqual(at('/w/2026-q4/', `#${link}%3E`), expected);
  assert.deepEqual(at('/w/2026-q4/', `#${link}&utm_source=mail`), expected);
  assert.deepEqual(at('/w/2026-q4/', `#${link.replace(CODE, showCode(SECRET))}`), expected);
});

test('a link whose case was lowered still names its manifest, another link does not', () => {
  const h = field(vectors.field('manifest'), 'hash');
  const lowered = readLink(new URL(vectors.field('links').field('answer').text()).hash.toLowerCase());
  assert.ok(typeof lowered !== 'string' && lowered.manifest !== undefined && linkNames(h, lowered.manifest));
  assert.ok(!linkNames(h, `${H64.startsWith('A') ? 'B' : 'A'}${H64.slice(1)}`));
});

test('a damaged link is told from no link', () => {
  assert.equal(readLink(''), 'none');
  assert.equal(readLink('#title'), 'none');
  assert.equal(readLink('#v1'), 'damaged');
  assert.equal(readLink('#v2'), 'damaged');
  assert.equal(readLink(`#v2.${H64}.${CODE}`), 'damaged');
  assert.equal(readLink(`#v1.${H64}`), 'damaged');
  assert.equal(readLink(`#v1.${H64}.${CODE.slice(0, 12)}`), 'damaged');
  assert.equal(readLink(`#v1.${H64}.${CODE.replace('W', 'X')}`), 'damaged');
  assert.equal(linkInAddress({ pathname: '/w/2026-q4/', hash: '', search: '' }), 'none');
});

test('the round stands in the path', () => {
  assert.equal(waveOf('/w/2026-q4/'), '2026-q4');
  assert.equal(waveOf('/w/2026-q4%23v1.x'), '2026-q4');
  assert.equal(waveOf('/w/'), undefined);
  assert.equal(waveOf('/'), undefined);
});

test('a pasted link names its round, a typed code does not', () => {
  assert.equal(waveIn(` https://survey.example.org/w/2026-q3/#v1.${H64}.${CODE}`), '2026-q3');
  assert.equal(waveIn(`#v1.${H64}.${CODE}`), undefined);
  assert.equal(waveIn(CODE), undefined);
});
