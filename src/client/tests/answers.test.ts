// Statements on pages, digit keys, and the questionnaire as it is served.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spotted } from '../src/spotting.ts';
import { Answers, answerOfKey, answerTexts, sectionSizes } from '../src/answers.ts';
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
  const withPoints = (points: number): unknown => {
    const labels = Array.from({ length: points }, (_, i) => `${i}`);
    return readInstrument(broken((raw) => { raw.scales.agree7.labels = { en: labels, de: labels }; }));
  };
  for (const points of [2, 11]) assert.doesNotThrow(() => withPoints(points), `${points} points, as a template may have`);
  for (const points of [1, 12]) assert.throws(() => withPoints(points), Malformed);
});

test('statements stand on the fewest even pages of four to six, in their order, with nothing chosen', () => {
  for (let n = 1; n <= 60; n++) {
    const sizes = sectionSizes(n);
    const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
    assert.equal(sizes.reduce((sum, size) => sum + size, 0), n);
    assert.ok(most - least <= 1, `${n}: ${sizes.join()}`);
    assert.ok(most <= 6 && (least >= 4 || n === 7 || n < 4), `${n}: ${sizes.join()}`);
    assert.ok(sizes.length === Math.ceil(n / 5) || sizes.length === Math.ceil(n / 6), `${n}: ${sizes.join()}`);
  }
  const cut = (n: number): string => sectionSizes(n).join(' ');
  assert.deepEqual([6, 7, 10, 11, 12, 13, 20, 21].map(cut), ['6', '4 3', '5 5', '6 5', '4 4 4', '5 4 4', '5 5 5 5', '5 4 4 4 4']);

  const answers = new Answers(instrument, 'id');
  assert.deepEqual(answers.sections.map((section) => section.map(({ index }) => index)), [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]]);
  assert.deepEqual([0, 4, 5, 9].map((index) => answers.sectionOf(index)), [0, 0, 1, 1]);
  assert.ok(answers.all().every((answer) => answer === BLANK));
  assert.equal(answers.answered, 0);
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

const open = (longest: number) => ({ id: 'WHY', text: { en: 'Why?', de: 'Warum?' }, longest, licence: 'CC0-1.0', source: '' });

test('open questions stand on a page of their own behind the statements, and a questionnaire without them has none', () => {
  const asked = readInstrument(utf8(JSON.stringify({ ...served, comments: [open(500), open(20)] })));
  const answers = new Answers(asked, 'id');
  assert.deepEqual([answers.sections.length, answers.pages, answers.sectionOf(9), answers.sectionOf(10), answers.sectionOf(11)], [2, 3, 1, 2, 2]);
  assert.equal(answers.begun, false);
  answers.write(1, '  u\u0308ber\r\nzwanzig Zeichen und noch mehr');
  assert.deepEqual(answers.comments(), { texts: ['', 'über\nzwanzig Zeichen'], longest: [500, 20] });
  assert.equal(answers.written(1).length > 20, true, 'what was typed stays as it was typed');
  assert.deepEqual([answers.begun, answers.answered], [true, 0]);
  assert.deepEqual([new Answers(instrument, 'id').pages, new Answers(instrument, 'id').comments().texts.length], [2, 0]);
});

test('a questionnaire whose comments could not be sealed is refused', () => {
  const read = (...longest: number[]): unknown => readInstrument(utf8(JSON.stringify({ ...served, comments: longest.map(open) })));
  read(600);
  read(510, 509);
  assert.throws(() => read(600, 600), Malformed);
  assert.throws(() => read(0), Malformed);
});

test('a text that seems to lead to somebody is noticed, an ordinary one is not', () => {
  const seen: [string, string | undefined][] = [
    ['write to ana.ortiz@example.org', 'mail'],
    ['call 0151 2345678', 'phone'],
    ['call +49 (151) 23-45-678', 'phone'],
    ['it was on 12.3.2026', 'date'],
    ['am 3. März war das so', 'date'],
    ['on March 3rd it began', 'date'],
    ['since 2026-03-12', 'date'],
    ['Frau Vogt hört zu', 'name'],
    ['because Maren Vogt listens', 'name'],
    ['because Anna-Maria does', 'name'],
    ['Good ideas are heard. We have 12 people, 3 of 4 speak.', undefined],
    ['Gute Ideen werden gehört. Die Leitung fragt nach, und das Team antwortet.', undefined],
    ['In 2026 mehr Zeit für 1.500 Teile', undefined],
    ['sometimes I Think so', undefined],
    ['', undefined],
  ];
  for (const [text, found] of seen) assert.equal(spotted(text), found, text);
});
