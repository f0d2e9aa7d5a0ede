// The module `candor:words`: the words of every language. The languages are the files of words/, and nothing else names them.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The language whose keys are the keys of all. */
const MASTER = 'en';

/** An esbuild plugin that makes one module of the files `words/<language>.json`. The keys stand in it once: they are a third of what the words weigh. */
export function catalogues(here) {
  const folder = join(here, 'words');
  const read = (language) => JSON.parse(readFileSync(join(folder, `${language}.json`), 'utf8'));
  return {
    name: 'catalogues',
    setup(build) {
      build.onResolve({ filter: /^candor:words$/ }, ({ path }) => ({ path, namespace: 'catalogues' }));
      build.onLoad({ filter: /.*/, namespace: 'catalogues' }, () => {
        // Sorted, so that the same files give the same bytes on every machine.
        const languages = readdirSync(folder).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length)).sort();
        const keys = Object.keys(read(MASTER));
        const texts = Object.fromEntries(languages.map((language) => [language, read(language)]).map(([language, words]) => [language, keys.map((key) => words[key] ?? null)]));
        return { contents: `export const keys = ${JSON.stringify(keys)};\nexport const texts = ${JSON.stringify(texts)};\n`, watchDirs: [folder] };
      });
    },
  };
}
