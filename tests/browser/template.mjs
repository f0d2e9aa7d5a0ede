// The statements that Candor ships, as a round serves them: real texts in every language, with the longest words people meet.
import { readFile } from 'node:fs/promises';

const PULSE = new URL('../../survey_templates/pulse.toml', import.meta.url);

/** Reads as much of TOML as the shipped templates use: tables, lists of tables, and `name.language = value` on one line. */
function tables(toml) {
  const found = [];
  for (const line of toml.split('\n')) {
    const head = /^\[\[?([\w.]+)\]\]?$/.exec(line);
    const pair = /^([\w.]+) = (.+)$/.exec(line);
    if (head) found.push({ head: head[1] });
    else if (pair) {
      if (found.length === 0) found.push({ head: '' });
      const [name, language] = pair[1].split('.');
      const value = JSON.parse(pair[2]);
      if (language === undefined) found.at(-1)[name] = value;
      else (found.at(-1)[name] ??= {})[language] = value;
    }
  }
  return found;
}

/** The pulse as the document of a round, in all its languages. */
export async function pulse() {
  const [own, ...rest] = tables(await readFile(PULSE, 'utf8'));
  const scales = rest.filter(({ head }) => head.startsWith('scales.')).map(({ head, ...scale }) => [head.slice('scales.'.length), scale]);
  const items = rest.filter(({ head }) => head === 'items').map(({ head, dimension, reversed, ...item }) => ({ ...item, about_leader: item.about_leader ?? false }));
  const comments = rest.filter(({ head }) => head === 'comments').map(({ head, ...question }) => question);
  return { id: own.id, version: own.version, title: own.title, licence: own.licence, languages: own.languages, scales: Object.fromEntries(scales), dimensions: [], items, comments };
}
