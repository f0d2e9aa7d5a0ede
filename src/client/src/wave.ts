// Fetching a round: the manifest whose hash the link carries, the questionnaire and this page's own program.
import { type Bytes, equal, fromUtf8, readU32, sha256 } from './bytes.ts';
import { NoAnswer, REQUEST, timeout } from './box.ts';
import { hear } from './clock.ts';
import { type Instrument, readInstrument } from './instrument.ts';
import { Malformed, Value } from './json.ts';
import { type NamedManifest, extendedBy, linkNames, readManifest } from './manifest.ts';

/** A round as everybody sees it, with everything checked. */
export interface Wave extends NamedManifest {
  /** The path under which everything of this round is served, with a slash at the end. */
  readonly base: string;
  readonly instrument: Instrument;
}

/** Nothing is served under this address. */
export class NoSuchWave extends Error {}

/** What stood under this address, or would have, is not there and will not be. */
export class Gone extends Error {}

/** What was served is not what was announced. */
export class Altered extends Error {
  constructor(readonly what: 'manifest' | 'client' | 'instrument' | 'words') {
    super(`${what}: the hash differs`);
    this.name = 'Altered';
  }
}

export function basePath(wave: string): string {
  return `/w/${wave}/`;
}

/** Fetches bytes with the date of the answer; throws {@link NoSuchWave} on 404, {@link Gone} on 410 and `NoAnswer` when trying again makes sense. */
async function fetchDated(url: string): Promise<{ readonly bytes: Bytes; readonly date: string | null }> {
  try {
    const response = await fetch(url, { ...REQUEST, signal: timeout() });
    if (response.status === 404) throw new NoSuchWave(url);
    if (response.status === 410) throw new Gone(url);
    if (!response.ok) throw new NoAnswer(true, undefined);
    return { bytes: new Uint8Array(await response.arrayBuffer()), date: response.headers.get('Date') };
  } catch (error) {
    throw error instanceof NoSuchWave || error instanceof Gone || error instanceof NoAnswer ? error : new NoAnswer(false, undefined);
  }
}

/** Fetches bytes, with the same errors. */
export async function fetchBytes(url: string): Promise<Bytes> {
  return (await fetchDated(url)).bytes;
}

/** Whether an answer can come from the server at all; the sign-in page of a guest network is no JSON, and no attack either. */
export function isJson(bytes: Bytes): boolean {
  try {
    JSON.parse(fromUtf8(bytes));
    return true;
  } catch {
    return false;
  }
}

/** The two parts of `round`: the length of the first as a u32, the promise sheet, the questionnaire. `undefined` for anything else. */
function splitRound(bytes: Bytes): readonly [manifest: Bytes, instrument: Bytes] | undefined {
  const end = bytes.length < 4 ? 0 : 4 + readU32(bytes, 0);
  const manifest = bytes.slice(4, end);
  return end <= bytes.length && isJson(manifest) ? [manifest, bytes.slice(end)] : undefined;
}

/**
 * Whether the program that runs here has the announced hash.
 *
 * When the browser compared it with one SHA-256 before running it, that comparison counts: it was over these very bytes, and spares a
 * second download. Otherwise the bytes are fetched.
 */
async function programIs(expected: Bytes, integrity: string, address: string): Promise<boolean> {
  if (/^sha256-[A-Za-z0-9+/]{43}=$/.test(integrity.trim())) return integrity.trim() === `sha256-${btoa(String.fromCharCode(...expected))}`;
  return equal(sha256(await fetchBytes(address)), expected);
}

/**
 * Fetches and checks a round. `announced` is the manifest hash of the link; without one the caller lets the person compare check words.
 * `integrity` is what stood on this page's script element.
 */
export async function fetchWave(wave: string, announced: string | undefined, integrity: string): Promise<Wave> {
  const base = basePath(wave);
  const { bytes, date } = await fetchDated(`${base}round`);
  const parts = splitRound(bytes);
  if (parts === undefined) throw new NoAnswer(false, undefined);
  const [manifest, questionnaire] = parts;
  const named = readManifest(manifest);
  if ((announced !== undefined && !linkNames(named.h, announced)) || named.manifest.wave !== wave) throw new Altered('manifest');
  hear(date);
  if (!(await programIs(named.manifest.clientHash, integrity, `${base}client.js`))) throw new Altered('client');
  if (!equal(sha256(questionnaire), named.manifest.instrumentHash)) throw new Altered('instrument');
  const instrument = readInstrument(questionnaire);
  if ((named.manifest.comments === undefined) !== (instrument.questions.length === 0)) throw new Malformed('manifest.comments', 'a rule where there are questions');
  return await upToDate({ ...named, base, instrument });
}

/** The round with the close as it is announced now. Only a promise that declares an extension can have a later one, and only as far as it declares. */
export async function upToDate(wave: Wave): Promise<Wave> {
  if (wave.manifest.schedule.mayExtend === 0) return wave;
  const { bytes, date } = await fetchDated(`${wave.base}close`);
  if (!isJson(bytes)) throw new NoAnswer(false, undefined);
  const json = Value.parse(fromUtf8(bytes), 'close');
  json.field('format').is('candor-close/1');
  json.field('wave').is(wave.manifest.wave);
  const manifest = extendedBy(wave.manifest, json.field('extended_days').u32());
  hear(date);
  return { ...wave, manifest };
}
