// Statements on pages, digit keys, and the questionnaire as it is served.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Answers, answerOfKey, answerTexts } from '../src/answers.ts';
import { BLANK, CANNOT_SAY } from '../src/ballot.ts';
import { utf8 } from '../src/bytes.ts';
import { readInstrument } from '../src/instrument.ts';
import { Malformed } from '../src/json.ts';

const labels = (word: string) => Array.from({ length: 7 }, (_, i) => `${word} ${i + 1}`);
const served = {
  id: 'pulse',
  version: 1,
  title: { en: 'Pulse', de: 'Puls' },
  licence: 'CC0-1.0',
  languages: ['en', 'de'],
  scales: {
    agree7: { labels: { en: labels('agree'), de: labels('stimme') }, opt_out: { en: 'cannot say', de: 'weiß nicht' }, grid: 3, lead_in: { en: 'How far?', de: 'Wie sehr?' } },
  },
  dimensions: [],
  items: Array.from({ length: 10 }, (_, i) => ({
    id: `I${i}`,
    text: { en: `Statement ${i}`, de: `Aussage ${i}` },
    scale: 'agree7',
    reversed: false,
    dimension: null,
    publish: 'team',
    licence: 'CC0-1.0',
    source: '',
    about_leader: i === 9,
  })),
};
const instrument = readInstrument(utf8(JSON.stringify(served)));

test('the questionnaire is read with its scales', () => {
  assert.equal(instrument.items.length, 10);
  assert.equal(instrument.items[0]?.scale.points, 7);
  assert.equal(instrument.items[9]?.aboutLeader, true);
  assert.equal(instrument.title.get('de'), 'Puls');
});

test('a questionnaire without a scale, or with labels missing in one language, is refused', () => {
  const broken = (change: (raw: typeof served) => void): Uint8Array => {
    const raw = structuredClone(served);
    change(raw);
    return utf8(JSON.stringify(raw));
  };
  assert.throws(() => readInstrument(broken((raw) => { raw.items.forEach((item) => { item.scale = 'none'; }); })), Malformed);
  assert.throws(() => readInstrument(broken((raw) => raw.scales.agree7.labels.de.pop())), Malformed);
  assert.throws(() => readInstrument(broken((raw) => { raw.items = []; })), Malformed);
});

test('statements stand four to a page, with nothing chosen', () => {
  const answers = new Answers(instrument, 'id');
  assert.deepEqual(answers.sections.map((section) => section.length), [4, 4, 2]);
  assert.ok(answers.all().every((answer) => answer === BLANK));
  assert.equal(answers.answered, 0);
  assert.equal(answers.sectionOf(8), 2);
});

test('answers are counted, changed and cleared; "cannot say" is an answer', () => {
  const answers = new Answers(instrument, 'id');
  answers.answer(0, 3);
  answers.answer(1, CANNOT_SAY);
  assert.equal(answers.answered, 2);
  answers.answer(0, BLANK);
  assert.deepEqual(answers.all().slice(0, 2), [BLANK, CANNOT_SAY]);
});

test('digit keys stand for answers from the lowest, 0 for the last choice', () => {
  assert.equal(answerOfKey('1', 7), 1);
  assert.equal(answerOfKey('7', 7), 7);
  assert.equal(answerOfKey('8', 7), undefined);
  assert.equal(answerOfKey('0', 7), CANNOT_SAY);
  for (const key of ['a', 'Enter', '12', ' ', '-1']) assert.equal(answerOfKey(key, 7), undefined);
});

test('an answer is shown in the words of its scale', () => {
  const [item] = instrument.items;
  assert.ok(item);
  assert.equal(answerTexts(item, 6)?.get('en'), 'agree 6');
  assert.equal(answerTexts(item, CANNOT_SAY)?.get('de'), 'weiß nicht');
  assert.equal(answerTexts(item, BLANK), undefined);
});
