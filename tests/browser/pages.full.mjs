// The long run: every state of the survey page, and every other page of the respondents' host, in every language, at every width, light and dark, with
// large text, in the system's own colours, without motion and on paper. With BROWSER_SHOTS=<folder> each is photographed as well.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { figures } from './figures.mjs';
import { install } from './installation.mjs';
import { thorough } from './looks.mjs';
import { AFTERWARDS, RUNNING, close, serve } from './served.mjs';
import { walk, ways } from './walk.mjs';

const LOCALES = ['en-GB', 'de-DE', 'fr-FR', 'es-ES'];
/** Pages that people may want on paper. */
const ON_PAPER = ['promise', 'everything about the promise', 'how to check, with the list of groups checked', 'check words to compare', 'receipt', 'receipt found'];

let browser;
const states = new Set();
const counts = { axe: 0, wrong: 0, shots: 0 };

before(async () => {
  browser = await launch();
});
after(async () => {
  await browser.close();
  await figures('pages', [
    ['states of the pages, in four languages', states.size, ''],
    ['looks of axe (4 widths, light and dark)', counts.axe, ''],
    ['faults on them, and of 200 % text, forced colours, paper and motion', counts.wrong, '0'],
    ...(counts.shots > 0 ? [['photographs', counts.shots, '']] : []),
  ]);
});

/** Looks at pages, and fails with everything that is wrong with any. */
async function look(locale, lead) {
  const wrong = [];
  const closely = thorough(locale, wrong, counts, ON_PAPER);
  await lead(async (page, state) => {
    states.add(state);
    await closely(page, state);
  });
  counts.wrong += wrong.length;
  assert.deepEqual(wrong, []);
}

for (const locale of LOCALES) {
  for (const way of ways) {
    test(`${locale}: ${way}`, () => look(locale, (closely) => walk(browser, way, closely, { locale })));
  }
}

test('the pages of the real program: while the round runs, and afterwards', async (run) => {
  const server = await install();
  try {
    for (const locale of LOCALES) await run.test(`${locale}: while it runs`, () => look(locale, (closely) => serve(browser, server, RUNNING, closely, { locale })));
    await close(server);
    for (const locale of LOCALES) await run.test(`${locale}: afterwards`, () => look(locale, (closely) => serve(browser, server, AFTERWARDS, closely, { locale })));
  } finally {
    await server.remove();
  }
});
