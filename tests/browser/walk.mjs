// A walk that reaches every state of the survey page once, by name, on the stand-in: for whatever shall hold on all of them.
//
// A state is a page with what can stand on it: the code page, the same with an error. Each is reached as a person reaches it, through links, buttons,
// lost connections and closing times. Pages that the walk does not know fail the test of `survey-access.test.mjs`, which reads their names in the source.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { shows } from './browser.mjs';
import { startStandIn } from './standin.mjs';
import { pulse } from './template.mjs';
import { Way } from './way.mjs';
import { TROUBLE } from './ways-trouble.mjs';
import { USUAL } from './ways-usual.mjs';

const SOURCE = new URL('../../src/client/src/', import.meta.url);
const WAYS = [...USUAL, ...TROUBLE];

/** The names of all pages, as they stand in the source: `name: 'promise'` before a title, or the first word of a notice. */
export async function pageNames() {
  const names = new Set();
  for (const file of (await readdir(SOURCE, { recursive: true })).filter((name) => name.endsWith('.ts'))) {
    const source = await readFile(new URL(file, SOURCE), 'utf8');
    for (const [, named] of source.matchAll(/\bname: ([^\n]*?),\s*title:/g)) for (const [, name] of named.matchAll(/'([\w-]+)'/g)) names.add(name);
    for (const [, name] of source.matchAll(/\bnotice\('([\w-]+)'/g)) names.add(name);
  }
  return names;
}

/**
 * Looks at a page that stays as it is: one that is put together anew meanwhile would be looked at in parts that never stood together, and axe then finds
 * headings that it cannot place. `look` may change anything but the page itself.
 */
async function standing(page, state, look) {
  await page.evaluate(() => {
    globalThis.renderings = 0;
    globalThis.watched?.disconnect();
    globalThis.watched = new MutationObserver((records) => (globalThis.renderings += records.length));
    globalThis.watched.observe(document.getElementById('page'), { childList: true });
  });
  await look(page, state);
  assert.equal(await page.evaluate(() => globalThis.renderings), 0, `"${state}" was put together anew while it was looked at`);
}

/** The names of the ways, which can be gone one by one. */
export const ways = WAYS.map(({ name }) => name);

/**
 * Goes one way in the language of `locale`. `look` is called with the page and the name of its state, at each; it may change the size of the window and what
 * the screen or the paper is like, but not the page. Gives the names of the pages that were seen.
 */
export async function walk(browser, name, look, { locale = 'en-GB' } = {}) {
  const seen = new Set();
  const at = async (page, wanted, state) => {
    await page.bringToFront();
    if (wanted) {
      await shows(page, wanted);
      seen.add(wanted);
    }
    await standing(page, state, look);
  };
  const found = WAYS.find((way) => way.name === name);
  const questionnaire = await pulse();
  const promise = { languages: questionnaire.languages, ...found.round?.promise };
  const way = new Way(browser, locale, await startStandIn({ comments: true, questionnaire, ...found.round, promise }), at);
  try {
    await found.walk(way);
  } finally {
    await way.end();
  }
  return seen;
}
