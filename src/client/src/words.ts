// The page's own words in the languages it speaks, and dates and spans written for people.
import { early } from 'candor:words';
import type en from '../words/en.json';
import type { Texts } from './instrument.ts';

export type Key = keyof typeof en;
export type Values = Readonly<Record<string, string | number>>;

/** The words that have arrived, by language. */
const known = new Map<string, Readonly<Record<string, string>>>();
/** The languages in which the reader is addressed informally. */
let informal: ReadonlySet<string> = new Set();
/** What is spoken when a language has no words of its own. */
const FALLBACK = 'en';

/** Which of the languages on offer this browser's user reads best; the first on offer when none. */
export function preferred(offered: readonly string[], wanted: readonly string[]): string {
  const codes = wanted.map((tag) => tag.toLowerCase().split('-')[0] ?? '');
  return codes.find((code) => offered.includes(code)) ?? offered[0] ?? FALLBACK;
}

/** The languages that this page has words for. */
export const SPOKEN: readonly string[] = Object.keys(early);

/** Whether the page itself speaks a language, or only the questionnaire does. */
export function speaks(language: string): boolean {
  return Object.hasOwn(early, language);
}

/** The language in which the page's own words are said to a reader of this language. */
export function spokenFor(language: string): string {
  return speaks(language) ? language : FALLBACK;
}

/** Whether the words of a language have arrived, those of pages that few people open perhaps not. */
export function knows(language: string): boolean {
  return known.has(language);
}

/** From now on these are words of a language, beside those that are known. */
export function learn(language: string, texts: Readonly<Record<string, string>>): void {
  known.set(language, { ...known.get(language), ...texts });
}

/** A language's own name for itself. */
export function ownName(language: string): string {
  return textOf(language, 'language.name') ?? new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
}

/** The text of a key in a language that the page speaks; of words that have not arrived only what may have to be said before. */
function textOf(language: string, key: Key): string | undefined {
  return known.get(language)?.[key] ?? early[language]?.[key];
}

/**
 * The words for a key, none before they have arrived. `{name}` is replaced by its value, and `{name: one word | other words}` by the form that the
 * language's plural rules (CLDR) choose for that number. Of `[formal|informal]` stands the one in which the reader is addressed.
 */
export function words(language: string, key: Key, values: Values = {}): string {
  const spoken = spokenFor(language);
  const text = (textOf(spoken, key) ?? '').replace(/\[([^[\]|]*)\|([^[\]|]*)\]/g, informal.has(spoken) ? '$2' : '$1');
  return text.replace(/\{(\w+)(?:: ([^{}]+))?\}/g, (whole, name: string, forms?: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return forms === undefined ? String(value) : formFor(spoken, Number(value), forms);
  });
}

/** From now on the reader is addressed informally (du, tu, tú) in these languages, and formally in all others. */
export function addressInformally(languages: Iterable<string>): void {
  informal = new Set(languages);
}

/** The form of a word that goes with a number; where a category has none of its own, that of `other`. */
function formFor(language: string, n: number, forms: string): string {
  const byCategory = new Map(forms.split(' | ').map((form) => [form.split(' ', 1)[0], form.slice(form.indexOf(' ') + 1)]));
  return byCategory.get(new Intl.PluralRules(language).select(n)) ?? byCategory.get('other') ?? '';
}

/** A text of the questionnaire with the language it is in: the wanted one, or the first there is. */
export function textIn(texts: Texts, language: string): { readonly text: string; readonly language: string } {
  const [first] = texts;
  const text = texts.get(language);
  return text !== undefined ? { text, language } : { text: first?.[1] ?? '', language: first?.[0] ?? language };
}

/** The reader's own way of writing dates in a language: their browser's region, else British for English. */
function region(language: string): string {
  const tags = globalThis.navigator?.languages ?? [];
  return tags.find((tag) => tag.split('-')[0] === language && tag !== language) ?? (language === 'en' ? 'en-GB' : language);
}

/** A moment with date, time and time zone. */
export function date(language: string, milliseconds: number): string {
  const parts = new Intl.DateTimeFormat(region(language), {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).formatToParts(milliseconds);
  // Some languages write the first of a month otherwise than the other days (French: 1er), which Intl does not know.
  return parts.map(({ type, value }) => (type === 'day' && value === '1' ? words(language, 'date.first') : value)).join('');
}

/** A span in the largest unit that fits: days, hours or minutes. */
export function span(language: string, seconds: number): string {
  const [unit, size] = seconds >= 86_400 ? (['day', 86_400] as const) : seconds >= 3600 ? (['hour', 3600] as const) : (['minute', 60] as const);
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 1 }).format(seconds / size);
}

/** Names joined with "and". */
export function listed(language: string, names: readonly string[]): string {
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
}
