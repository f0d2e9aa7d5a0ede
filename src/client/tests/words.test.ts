// The page's words: the same set in every language, the words of the product and none of its inner ones.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import de from '../words/de.json';
import en from '../words/en.json';
import { date, listed, ownName, preferred, span, textIn, words } from '../src/words.ts';
import { clientRoot } from './vectors.ts';

const LANGUAGES: Record<string, Record<string, string>> = { en, de };
const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

test('every language says everything, and nothing more', () => {
  for (const [language, catalogue] of Object.entries(LANGUAGES)) {
    const missing = Object.keys(en).filter((key) => !(key in catalogue));
    const surplus = Object.keys(catalogue).filter((key) => !(key in en));
    assert.deepEqual({ missing, surplus }, { missing: [], surplus: [] }, `words/${language}.json`);
  }
});

test('every language fills the same gaps', () => {
  for (const [language, catalogue] of Object.entries(LANGUAGES)) {
    for (const [key, text] of Object.entries(en)) assert.deepEqual(placeholders(catalogue[key] ?? ''), placeholders(text), `words/${language}.json: ${key}`);
  }
});

test('words of the workshop do not reach the page', () => {
  const forbidden: Record<string, RegExp> = {
    en: /\b(ballots?|box keys?|blocks?|cells?|kappa|waves?|manifests?|rosters?|tokens?|POPRF|HPKE|hash)\b/i,
    de: /(stimmzettel|urne\b|\bblöcke?\b|\bzellen?\b|kappa|\bwellen?\b|manifest|\broster\b|\btoken\b|POPRF|HPKE|\bhash\b)/i,
  };
  for (const [language, catalogue] of Object.entries(LANGUAGES)) {
    for (const [key, text] of Object.entries(catalogue)) assert.doesNotMatch(text, forbidden[language] ?? /$^/, `words/${language}.json: ${key}`);
  }
});

test('every word is used by the page', () => {
  const sources = ['src', 'src/pages']
    .flatMap((folder) => readdirSync(join(clientRoot, folder)).filter((name) => name.endsWith('.ts')).map((name) => readFileSync(join(clientRoot, folder, name), 'utf8')))
    .join('\n');
  // Keys that are put together at run time, by their constant part.
  const built = [...sources.matchAll(/`([\w.]+\.)\$\{/g)].map((match) => match[1] ?? '');
  const unused = Object.keys(en).filter((key) => !sources.includes(`'${key}'`) && !built.some((start) => key.startsWith(start)));
  assert.deepEqual(unused, []);
});

test('the honest promise is the sentence that was agreed', () => {
  const values = { group: 'Dispatch', unit: 'Logistics', k: 5 };
  assert.equal(
    words('en', 'promise.group.few', values),
    'Your answers count in Dispatch. If few people of it or of a neighbouring small group answer, they count together with another group under Logistics, never fewer than 5.',
  );
  assert.equal(words('en', 'promise.locks.seen'), 'Candor never shows who has answered; whoever administers the database could look.');
  assert.equal(words('en', 'review.level.hint'), 'Nobody sees who chose this; counts can show that somebody did.');
});

test('the language is the one that the browser prefers among those on offer', () => {
  assert.equal(preferred(['en', 'de'], ['de-AT', 'en']), 'de');
  assert.equal(preferred(['en', 'de'], ['fr']), 'en');
  assert.equal(preferred(['fr', 'es'], ['de']), 'fr');
  assert.equal(ownName('de'), 'Deutsch');
  assert.equal(ownName('fr'), 'français');
});

test('a language without words of its own falls back to English', () => {
  assert.equal(words('fr', 'review.send'), 'Send');
  assert.deepEqual(textIn(new Map([['en', 'Yes'], ['de', 'Ja']]), 'fr'), { text: 'Yes', language: 'en' });
});

test('dates, spans and names are written in the language', () => {
  assert.match(date('de', Date.parse('2026-12-05T17:00:00Z')), /Dezember 2026/);
  assert.equal(span('en', 259_200), '3 days');
  assert.equal(span('de', 900), '15 Minuten');
  assert.equal(listed('en', ['Ana', 'Ben']), 'Ana and Ben');
});
