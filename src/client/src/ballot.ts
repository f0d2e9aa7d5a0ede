// The sealed answers before sealing: 4,096 bytes, whatever was answered.
import type { Bytes } from './bytes.ts';

const SIZE = 4096;
const VERSION = 1;
const HEADER = 4;

/** Bytes behind the header, for answers and comments. */
export const ROOM = SIZE - HEADER;

/** An answer: `BLANK`, a point of the scale from 1, or `CANNOT_SAY`. */
export type Answer = number;
export const BLANK: Answer = 0;
export const CANNOT_SAY: Answer = 255;

/** Where a person's answers count: in the group, in the unit above, or in the organisation. */
export type Level = 0 | 1 | 2;

/** What people wrote to the open questions, and how many characters each question allows. */
export interface Comments {
  readonly texts: readonly string[];
  readonly longest: readonly number[];
}

/** How many characters a text has, as the ballot counts them: an emoji is one, not two as in JavaScript's own length. */
export function characters(text: string): number {
  return [...text].length;
}

/** A text as a ballot holds it: composed characters, one kind of line end, no other control characters, no white space at the ends. */
export function plainText(text: string): string {
  // Half of a pair that something cut through would become another character on the way; better here, where it is counted.
  const whole = new TextDecoder().decode(new TextEncoder().encode(text));
  const oneKind = whole.replace(/\r\n?|[\u2028\u2029]/g, '\n').replace(/\t/g, ' ');
  return oneKind.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, '').normalize('NFC').trim();
}

/** What is sent of a typed comment: its plain text, cut at the length that the question allows. */
export function comment(text: string, longest: number): string {
  return [...plainText(text)].slice(0, longest).join('').trim();
}

/**
 * Writes the ballot. `answers` holds one answer per item, in the instrument's order; `points` how many points each scale has. Comments
 * follow, one per open question, empty where nothing was written.
 */
export function writeBallot(level: Level, answers: readonly Answer[], points: readonly number[], comments: Comments = { texts: [], longest: [] }): Bytes {
  if (answers.length !== points.length || answers.length > SIZE - HEADER) throw new RangeError('one answer per statement is needed');
  if (comments.texts.length !== comments.longest.length) throw new RangeError('one comment per question is needed');
  const ballot = new Uint8Array(SIZE);
  ballot.set([VERSION, level, answers.length >>> 8, answers.length & 0xff]);
  answers.forEach((answer, i) => {
    if (answer !== CANNOT_SAY && !(Number.isInteger(answer) && answer >= BLANK && answer <= (points[i] ?? 0))) {
      throw new RangeError(`answer ${i} lies beyond its scale`);
    }
    ballot[HEADER + i] = answer;
  });
  let at = HEADER + answers.length;
  comments.texts.forEach((written, i) => {
    const text = plainText(written);
    const encoded = new TextEncoder().encode(text);
    if (characters(text) > (comments.longest[i] ?? 0) || at + 2 + encoded.length > SIZE) throw new RangeError(`comment ${i} is too long`);
    ballot.set([encoded.length >>> 8, encoded.length & 0xff], at);
    ballot.set(encoded, at + 2);
    at += 2 + encoded.length;
  });
  return ballot;
}
