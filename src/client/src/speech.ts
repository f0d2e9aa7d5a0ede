// Fetching the page's own words: two files per language, of which this program knows the hashes. So its own hash, which stands in the promise sheet,
// vouches for every sentence that it says.
import { hashes } from 'candor:words';
import { NoAnswer } from './box.ts';
import { fromUtf8, hex, sha256 } from './bytes.ts';
import { Altered, NoSuchWave, fetchBytes, isJson } from './wave.ts';
import { learn, spokenFor } from './words.ts';

/** The fetching of each file, by its path; it stays when it has succeeded. */
const fetching = new Map<string, Promise<void>>();
/** The files that are here. */
const here = new Set<string>();
/** Whether the words of pages that few people open are needed as well. */
let later = false;

/**
 * Sees to it that the page's words for readers of a language are here; they are fetched once. Throws `NoAnswer` when trying again makes sense, and
 * {@link Altered} for words that are not the ones that this program was made with.
 */
export async function fetchWords(language: string): Promise<void> {
  const spoken = spokenFor(language);
  await Promise.all([once(`words/${spoken}`, spoken), later && once(`later/${spoken}`, spoken)]);
}

/** The same with the words of pages that few people open, which from now on belong to every language that is shown. */
export function fetchAllWords(language: string): Promise<void> {
  later = true;
  return fetchWords(language);
}

/** Whether every word for readers of a language is here. */
export function hasAllWords(language: string): boolean {
  return here.has(`later/${spokenFor(language)}`);
}

function once(path: string, language: string): Promise<void> {
  const begun = fetching.get(path) ?? fetchAndCheck(path, language);
  fetching.set(path, begun);
  begun.catch(() => fetching.delete(path));
  return begun;
}

async function fetchAndCheck(path: string, language: string): Promise<void> {
  const bytes = await fetchBytes(path).catch((error: unknown) => {
    // The page was there a moment ago, so its words will be, too.
    throw error instanceof NoSuchWave ? new NoAnswer(true, undefined) : error;
  });
  if (!isJson(bytes)) throw new NoAnswer(false, undefined);
  if (hex(sha256(bytes)) !== hashes[path]) throw new Altered('words');
  learn(language, JSON.parse(fromUtf8(bytes)) as Record<string, string>);
  here.add(path);
}
