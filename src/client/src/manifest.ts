// The manifest: the frozen public description of a round. Only what this page knows how to honour is accepted.
import { type Bytes, base64url, concat, fromBase64url, fromHex, fromUtf8, sha256, u32, utf8 } from './bytes.ts';
import { type Texts, texts } from './instrument.ts';
import { Malformed, Value } from './json.ts';

/** What can weaken a promise, by the names that manifests have for it. */
const WEAKENINGS = [
  'commit-times', 'statement-log', 'archive', 'replication-slot', 'replica', 'one-server', 'one-role', 'unseen', 'disk-copies', 'disk-copies-unknown',
] as const;
export type Weakening = (typeof WEAKENINGS)[number];

export interface Manifest {
  readonly wave: string;
  readonly organisation: string;
  readonly passphrase: boolean;
  readonly k: number;
  /** From how many people on comments are shown together; `undefined` when none are asked. */
  readonly comments: CommentRule | undefined;
  /** Colleagues whose answers a reader may know without narrowing down anybody else's below `valuesKept`. */
  readonly coalition: number;
  /** How many neighbouring answers stay possible for everybody. */
  readonly valuesKept: number;
  readonly teamReads: boolean;
  /** How many hours after the publication HR reads the results of groups; 0 when it reads them at once. */
  readonly hrWaits: number;
  /** Whether HR follows, in steps and once a day, how many of all people take part. */
  readonly hrFollows: boolean;
  readonly purpose: Texts;
  readonly notFor: Texts;
  /** Whom people can turn to in confidence, outside of the survey. */
  readonly contacts: readonly Contact[];
  /** Who holds the passphrase; `undefined` when there is none, or nobody was named. */
  readonly keyHolder: string | undefined;
  /** Who holds the key itself, outside the operator; `undefined` where the operator's process does. */
  readonly trustee: string | undefined;
  /** Where the check words hang, so that they can be compared without this page. */
  readonly wordsPosted: Texts | undefined;
  /** How many people were invited by a printed card. */
  readonly cards: number;
  /** What weakens the promise and was known at the launch. */
  readonly weakenedBy: readonly Weakening[];
  readonly instrumentHash: Bytes;
  readonly languages: readonly string[];
  readonly credentialKey: Bytes;
  readonly boxKey: Bytes;
  readonly boardKey: Bytes;
  /** Signs what is said about the round after its publication; rounds of earlier versions have none. */
  readonly noticesKey: Bytes | undefined;
  readonly clientHash: Bytes;
  readonly groupsRoot: Bytes;
  readonly groups: number;
  readonly invited: number;
  readonly leafSize: number;
  readonly responseSize: number;
  readonly opensAt: number;
  readonly schedule: Schedule;
}

/** Somebody to turn to, at an address that a browser opens as what it says: a page over https, a mail, a telephone number. */
export interface Contact {
  readonly label: Texts;
  readonly address: string;
}

/** From how many people, and how many comments, on comments are shown together. */
export interface CommentRule {
  readonly people: number;
  readonly comments: number;
}

/** The dates; offsets count from the actual close, in seconds. */
export interface Schedule {
  readonly pace: 'dates' | 'manual';
  readonly closesAt: number;
  readonly grace: number;
  readonly window: number;
  readonly publishAt: number;
  readonly publishBy: number;
  /** By how many days the close may be put off, once. */
  readonly mayExtend: number;
  /** By how many days it was put off; `closesAt` is the later one then. */
  readonly extended: number;
}

/** A manifest with the hash that names it. */
export interface NamedManifest {
  readonly manifest: Manifest;
  readonly h: Bytes;
}

/** How much longer than a group document every answer of the box endpoint is. */
const RESPONSE_OVERHEAD = 1024;

/** The rule for comments; one that promises less than this page says is refused. */
function commentRule(value: Value, k: number): CommentRule | undefined {
  if (value.raw === null) return undefined;
  return { people: value.field('min_respondents').u32(Math.max(10, 2 * k)), comments: value.field('min_comments').u32(3) };
}

/** What stands before an @ in an address of a page looks like its host and is not; a mail could bring hidden recipients behind a question mark. */
const ADDRESS = /^(https:\/\/[^@/?#\s]+([/?#][!-~]*)?|mailto:[^@?\s]+@[^@?,&\s]+|tel:\+?[-.()\d]+)$/;
/** Most contacts that a promise may name. */
const MOST_CONTACTS = 3;

/** A text per language, the round's own order of languages first, so that its default language stands in where one is missing. */
function ownWords(value: Value, languages: readonly string[]): Texts {
  const given = texts(value);
  const rank = (language: string): number => (languages.includes(language) ? languages.indexOf(language) : languages.length);
  const ordered = [...given].sort(([a], [b]) => rank(a) - rank(b));
  if (ordered.length === 0 || ordered.some(([, text]) => text.trim() === '')) throw new Malformed(value.where, 'a text in some language');
  return new Map(ordered);
}

function contact(value: Value, languages: readonly string[]): Contact {
  const address = value.field('address').text();
  if (!ADDRESS.test(address)) throw new Malformed(`${value.where}.address`, 'https:, mailto: or tel:');
  return { label: ownWords(value.field('label'), languages), address };
}

function contacts(value: Value | undefined, languages: readonly string[]): readonly Contact[] {
  const list = value?.list() ?? [];
  if (value !== undefined && list.length > MOST_CONTACTS) throw new Malformed(value.where, `at most ${MOST_CONTACTS} contacts`);
  return list.map((one) => contact(one, languages));
}

/** What is known here under a name. */
export function weakening(name: string): Weakening | undefined {
  return WEAKENINGS.find((known) => known === name);
}

/** A promise that something weakens of which this page has no words is refused. */
function weakenings(value: Value | undefined): readonly Weakening[] {
  return (value?.list() ?? []).map((one) => {
    const known = weakening(one.text());
    if (known === undefined) throw new Malformed(one.where, 'something that this page can say');
    return known;
  });
}

/** The longest extension that a promise may declare, in days. */
const LONGEST_EXTENSION = 7;

/** The declared extension; none in the promises of earlier versions. */
function extension(value: Value | undefined): number {
  const days = value?.u32() ?? 0;
  if (value !== undefined && days > LONGEST_EXTENSION) throw new Malformed(value.where, `at most ${LONGEST_EXTENSION} days`);
  return days;
}

/** The promise with the close that was put off by so many days: no more than it declares. Throws `Malformed`. */
export function extendedBy(manifest: Manifest, days: number): Manifest {
  const { schedule } = manifest;
  if (days > schedule.mayExtend) throw new Malformed('close.extended_days', `at most ${schedule.mayExtend} days, as promised`);
  return { ...manifest, schedule: { ...schedule, closesAt: schedule.closesAt + (days - schedule.extended) * 86_400_000, extended: days } };
}

/** Who holds the key: the operator's process, behind a passphrase or not, or somebody outside who is named and has no passphrase here. */
function holders(json: Value): Pick<Manifest, 'passphrase' | 'keyHolder' | 'trustee'> {
  const passphrase = json.field('passphrase').flag();
  const signing = json.field('trustee_key');
  if (json.field('mode').raw === 'trustee') {
    // Whose key this is cannot be seen from here: people compare the check words with those that its holder makes known.
    signing.bytes(fromBase64url, 32);
    if (passphrase) throw new Malformed('manifest.passphrase', 'none where the operator has no key');
    return { passphrase, keyHolder: undefined, trustee: json.field('key_holder').text() };
  }
  json.field('mode').is('solo');
  signing.is(null);
  const holder = json.optional('key_holder');
  if (holder !== undefined && !passphrase) throw new Malformed(holder.where, 'nobody where there is no passphrase');
  return { passphrase, keyHolder: holder?.text(), trustee: undefined };
}

/** Reads the bytes as served. Throws `Malformed` when format, mode, suite or a size is not known here. */
export function readManifest(bytes: Uint8Array): NamedManifest {
  const json = Value.parse(fromUtf8(bytes), 'manifest');
  json.field('format').is('candor-manifest/2');
  const held = holders(json);
  json.field('credential_suite').is('POPRF-ristretto255-SHA512');
  json.field('kem_id').is(32);
  json.field('kdf_id').is(1);
  json.field('aead_id').is(1);
  const audiences = json.field('audiences');
  audiences.field('leaders').is('own-block');
  audiences.field('unit_leaders').is('sub-total');
  audiences.field('hr').is('all-blocks');
  const leafSize = json.field('leaf_size').u32(1);
  const schedule = json.field('schedule');
  const k = json.field('k').u32(1);
  const languages = json.field('languages').list().map((language) => language.text());
  const posted = json.optional('words_posted');
  const manifest: Manifest = {
    wave: json.field('wave').text(),
    organisation: json.field('organisation').text(),
    ...held,
    k,
    comments: commentRule(json.field('comments'), k),
    coalition: json.field('coalition').u32(),
    valuesKept: json.field('min_range').u32(2),
    teamReads: audiences.field('team').flag(),
    hrWaits: audiences.optional('hr_groups_after_hours')?.u32(1) ?? 0,
    hrFollows: audiences.optional('hr_participation')?.flag() ?? false,
    purpose: ownWords(json.field('purpose'), languages),
    notFor: ownWords(json.field('not_for'), languages),
    contacts: contacts(json.optional('contacts'), languages),
    wordsPosted: posted && ownWords(posted, languages),
    cards: json.optional('cards')?.u32() ?? 0,
    weakenedBy: weakenings(json.optional('weakened_by')),
    instrumentHash: json.field('instrument').field('sha256').bytes(fromHex, 32),
    languages,
    credentialKey: json.field('credential_key').bytes(fromBase64url, 32),
    boxKey: json.field('box_key').bytes(fromBase64url, 32),
    boardKey: json.field('board_key').bytes(fromBase64url, 32),
    noticesKey: json.optional('notices_key')?.bytes(fromBase64url, 32),
    clientHash: json.field('client_sha256').bytes(fromHex, 32),
    groupsRoot: json.field('groups_root').bytes(fromHex, 32),
    groups: json.field('groups').u32(1),
    invited: json.field('invited').u32(1),
    leafSize,
    responseSize: json.field('response_size').is(leafSize + RESPONSE_OVERHEAD),
    opensAt: json.field('opens_at').instant(),
    schedule: {
      pace: schedule.field('pace').text() === 'manual' ? 'manual' : schedule.field('pace').is('dates'),
      closesAt: schedule.field('closes_at').instant(),
      grace: schedule.field('grace_seconds').whole(),
      window: schedule.field('window_seconds').whole(),
      publishAt: schedule.field('publish_at_seconds').whole(),
      publishBy: schedule.field('publish_by_seconds').whole(),
      mayExtend: extension(schedule.optional('extension_days')),
      extended: 0,
    },
  };
  return { manifest, h: sha256(bytes) };
}

/**
 * Whether the hash in a link names this manifest.
 *
 * Some mail programs lower the case of a whole link. Comparing without case still leaves more than 200 bits.
 */
export function linkNames(h: Uint8Array, textInLink: string): boolean {
  return base64url(h).toLowerCase() === textInLink.toLowerCase();
}

/** The `info` of credential and sealing: `"candor/v1/ballot" || 0x00 || h || group`. */
export function ballotInfo(h: Uint8Array, group: number): Bytes {
  return concat(utf8('candor/v1/ballot'), 0, h, u32(group));
}
