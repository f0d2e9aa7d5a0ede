// Fetching the page's own words: one file per language, of which this program knows the hash. So its own hash, which stands in the promise sheet,
// vouches for every sentence that it says.
import { hashes } from 'candor:words';
import { NoAnswer } from './box.ts';
import { fromUtf8, hex, sha256 } from './bytes.ts';
import { Altered, NoSuchWave, fetchBytes, isJson } from './wave.ts';
import { knows, learn, spokenFor } from './words.ts';

const underway = new Map<string, Promise<void>>();

/**
 * Sees to it that the page's words for readers of a language are here; they are fetched once. Throws `NoAnswer` when trying again makes sense, and
 * {@link Altered} for words that are not the ones that this program was made with.
 */
export function fetchWords(language: string): Promise<void> {
  const spoken = spokenFor(language);
  if (knows(spoken)) return Promise.resolve();
  const begun = underway.get(spoken) ?? fetchAndCheck(spoken).finally(() => underway.delete(spoken));
  underway.set(spoken, begun);
  return begun;
}

async function fetchAndCheck(language: string): Promise<void> {
  const bytes = await fetchBytes(`words/${language}`).catch((error: unknown) => {
    // The page was there a moment ago, so its words will be, too.
    throw error instanceof NoSuchWave ? new NoAnswer(true, undefined) : error;
  });
  if (!isJson(bytes)) throw new NoAnswer(false, undefined);
  if (hex(sha256(bytes)) !== hashes[language]) throw new Altered('words');
  learn(language, JSON.parse(fromUtf8(bytes)) as Record<string, string>);
}
