// What in a comment could tell whom it is about or who wrote it. It looks in this browser only; nothing of it is sent or kept.

/** What a text seems to hold. */
export type Spotted = 'mail' | 'phone' | 'date' | 'name';

const MONTH = '(?:jan|feb|m(?:är|ar)|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])\\p{L}*';

const PATTERNS: readonly (readonly [Spotted, RegExp])[] = [
  ['phone', /(?<![\p{L}\d])(?:\+\d|\(?0\d)[\d\s()/-]{5,}\d/u],
  ['mail', /\S@\S+\.\p{L}{2,}/u],
  ['date', /(?<!\d)\d{1,2}[./-]\s?\d{1,2}[./-](?:\s?\d{2,4})?(?!\d)|(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)/u],
  ['date', new RegExp(`(?<![\\p{L}\\d])(?:\\d{1,2}\\.?\\s${MONTH}|${MONTH}\\s\\d{1,2}(?:st|nd|rd|th)?)(?![\\p{L}\\d])`, 'iu')],
  ['name', /(?<!\p{L})(?:Herrn?|Frau|Mr|Mrs|Ms|Dr|Prof)\.?\s\p{Lu}/u],
  // Two capitals inside a sentence. At its start German and English both put a capital, and German on every noun behind it.
  ['name', /[\p{Ll},;)]\s(?!I\s)\p{Lu}\p{Ll}+[\s-]\p{Lu}\p{Ll}+/u],
];

/** The first thing that a text seems to hold; `undefined` when it seems to hold none. It errs on both sides, so it only ever gives a hint. */
export function spotted(text: string): Spotted | undefined {
  return PATTERNS.find(([, pattern]) => pattern.test(text))?.[0];
}
