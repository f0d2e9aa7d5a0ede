// The sealed answers before sealing: 4,096 bytes, whatever was answered.
import type { Bytes } from './bytes.ts';

const SIZE = 4096;
const VERSION = 1;
const HEADER = 4;

/** An answer: `BLANK`, a point of the scale from 1, or `CANNOT_SAY`. */
export type Answer = number;
export const BLANK: Answer = 0;
export const CANNOT_SAY: Answer = 255;

/** Where a person's answers count: in the group, in the unit above, or in the organisation. */
export type Level = 0 | 1 | 2;

/** Writes the ballot. `answers` holds one answer per item, in the instrument's order; `points` how many points each scale has. */
export function writeBallot(level: Level, answers: readonly Answer[], points: readonly number[]): Bytes {
  if (answers.length !== points.length || answers.length > SIZE - HEADER) throw new RangeError('one answer per statement is needed');
  const ballot = new Uint8Array(SIZE);
  ballot.set([VERSION, level, answers.length >>> 8, answers.length & 0xff]);
  answers.forEach((answer, i) => {
    if (answer !== CANNOT_SAY && !(Number.isInteger(answer) && answer >= BLANK && answer <= (points[i] ?? 0))) {
      throw new RangeError(`answer ${i} lies beyond its scale`);
    }
    ballot[HEADER + i] = answer;
  });
  return ballot;
}
