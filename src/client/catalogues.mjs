// The words of the page: two files per language beside the program, and the module `candor:words`, by which the program knows what each must be.
//
// The languages are the files of words/, and nothing else names them. What only pages say that few people open is in a file of its own, which a visit that
// answers never asks for. The program holds the SHA-256 of every served file, so whoever compares the program with its hash in the promise
// sheet has compared every sentence that the program says.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The language whose keys are the keys of all. */
const MASTER = 'en';
/** What the page says while its words are on their way. It stands in the program in every language, so it is little. */
const EARLY = [
  'altered.title', 'altered.words', 'language.choose', 'language.name', 'loading.title', 'loading.body', 'page.skip',
  'waiting.busy.title', 'waiting.offline.title', 'waiting.offline.body', 'waiting.next', 'waiting.now',
];

/**
 * Keys of what is said on no page but those that `fetchAllWords` goes before: the one that looks for a receipt, with or without the link of the closing mail,
 * the one that tells how to check, whose name stands on the way to it, and the whole promise where something weakens it.
 */
const LATER = /^(check|status|promise\.(weak|words)|verify(?!\.title$))\./;

/** The words of every language, by its code; what a language lacks is said in English. Sorted, so that the same files give the same bytes everywhere. */
function allWords(here) {
  const folder = join(here, 'words');
  const read = (language) => JSON.parse(readFileSync(join(folder, `${language}.json`), 'utf8'));
  const master = read(MASTER);
  const languages = readdirSync(folder).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length)).sort();
  const whole = (words) => Object.fromEntries(Object.keys(master).map((key) => [key, words[key] ?? master[key]]));
  return languages.map((language) => [language, whole(read(language))]);
}

/** The files of words as they are served: the path, the language code and the bytes. */
export function wordFiles(here) {
  const part = (words, isLater) => Buffer.from(JSON.stringify(Object.fromEntries(Object.entries(words).filter(([key]) => LATER.test(key) === isLater))));
  return allWords(here).flatMap(([language, words]) => [
    { path: `words/${language}`, language, bytes: part(words, false) },
    { path: `later/${language}`, language, bytes: part(words, true) },
  ]);
}

/** An esbuild plugin that makes the module `candor:words`. */
export function catalogues(here) {
  return {
    name: 'catalogues',
    setup(build) {
      build.onResolve({ filter: /^candor:words$/ }, ({ path }) => ({ path, namespace: 'catalogues' }));
      build.onLoad({ filter: /.*/, namespace: 'catalogues' }, () => {
        const hashes = Object.fromEntries(wordFiles(here).map(({ path, bytes }) => [path, createHash('sha256').update(bytes).digest('hex')]));
        const early = Object.fromEntries(allWords(here).map(([language, words]) => [language, Object.fromEntries(EARLY.map((key) => [key, words[key]]))]));
        return { contents: `export const hashes = ${JSON.stringify(hashes)};\nexport const early = ${JSON.stringify(early)};\n`, watchDirs: [join(here, 'words')] };
      });
    },
  };
}
