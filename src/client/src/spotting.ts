// What in a comment could tell whom it is about or who wrote it. It looks in this browser only; nothing of it is sent or kept.

/** What a text seems to hold. */
export type Spotted = 'mail' | 'phone' | 'address' | 'date' | 'name';

/** The months of four languages, short and long, and no word that only begins like one. */
const MONTH = `(?:${[
  'jan(?:uary?|ner|vier)?|ene(?:ro)?',
  'f[eé][bv](?:ruary?|rero|r|rier)?',
  'mär(?:z)?|mar(?:ch|s|zo)?',
  'a[pvb]r(?:il)?',
  'ma(?:i|y|yo)',
  'jun(?:e|i|io)?|juin',
  'jul(?:y|i|io)?|juil(?:let)?',
  'aug(?:ust)?|août|ago(?:sto)?',
  'sept?(?:ember|embre|iembre)?',
  'o[ck]t(?:ober|obre|ubre)?',
  'nov(?:ember|embre|iembre)?',
  'de[cz](?:ember)?|déc(?:embre)?|dic(?:iembre)?',
].join('|')})`;

/** What stands for "with" where a name often follows; not in German, whose nouns all have a capital. */
const WITH = '(?:with|avec|con)';
/** What has a capital behind "with" and names nobody: languages, weekdays, months, programs. */
const NOBODY = '(?:English|German|French|Spanish|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Teams|Excel|Outlook|Word|Slack|Zoom|Internet|Dieu|Dios)';

const PATTERNS: readonly (readonly [Spotted, RegExp])[] = [
  ['phone', /(?<![\p{L}\d])(?:\+\d|\(?0\d)[\d\s()/-]{5,}\d/u],
  ['mail', /\S@\S+\.\p{L}{2,}/u],
  ['address', /\p{L}{2,}(?:stra(?:ß|ss)e|str\.|gasse|allee|(?<!beits|[Pp]ark|[Ss]itz|[Ss]teh|[Ss]tell|[Ll]ager)platz|damm|ufer|weg)\s\d{1,4}(?!\p{L}{2}|\d)/u],
  ['address', /(?<!\d)\d{1,4}\p{Ll}?\s(?:\p{Lu}[\p{L}’'.]+\s){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Square|Court|Close)(?!\p{L})/u],
  ['address', /(?<!\d)\d{1,4}(?:\s?(?:bis|ter))?,?\s(?:rue|avenue|boulevard|place|chemin|impasse|allée|quai|route)\s(?:d[eu]s?\s|de\s(?:la\s|l’)|d’)?\p{Lu}/u],
  ['address', /(?<!\p{L})(?:[Cc]alle|[Aa]venida|[Aa]vda\.|[Pp]laza|[Pp]aseo|C\/)\s?(?:del?\s(?:l[ao]s?\s)?)?\p{Lu}\p{L}*(?:\s\p{L}+){0,3},?\s\d{1,4}(?!\d)/u],
  ['date', /(?<!\d)\d{1,2}[./-]\s?\d{1,2}[./-](?:\s?\d{2,4})?(?!\d)|(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)/u],
  ['date', new RegExp(`(?<![\\p{L}\\d])(?:\\d{1,2}(?:er)?\\.?\\s(?:de\\s)?${MONTH}|${MONTH}\\s\\d{1,2}(?:st|nd|rd|th)?)(?![\\p{L}\\d])`, 'iu')],
  ['name', /(?<!\p{L})(?:Herrn?|Frau|Mr|Mrs|Ms|Dr|Prof|[Mm]adame|[Mm]onsieur|Mme|Mlle|M\.|Sra?|[Ss]eñora?|[Dd]oña)\.?\s\p{Lu}/u],
  ['name', new RegExp(`(?<!\\p{L})${WITH}\\s(?!${NOBODY}(?!\\p{L}))\\p{Lu}\\p{Ll}+(?!\\p{L})`, 'u')],
  // Two capitals inside a sentence. At its start German and English both put a capital, and German on every noun behind it.
  ['name', /[\p{Ll},;)]\s(?!I\s)\p{Lu}\p{Ll}+[\s-]\p{Lu}\p{Ll}+/u],
];

/** The first thing that a text seems to hold; `undefined` when it seems to hold none. It errs on both sides, so it only ever gives a hint. */
export function spotted(text: string): Spotted | undefined {
  return PATTERNS.find(([, pattern]) => pattern.test(text))?.[0];
}
