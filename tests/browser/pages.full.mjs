// The long run: every state of the survey page in every language, at every width, light and dark, with large text, in the system's own colours, without
// motion and on paper. With CANDOR_SHOTS=<folder> each is photographed as well.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { PHONE, launch } from './browser.mjs';
import { axe, focus, forcedColours, headings, moving, narrow, printed, targets, twiceAsLarge } from './checks.mjs';
import { figures } from './figures.mjs';
import { walk, ways } from './walk.mjs';

const SIZES = [[320, 640], [360, 740], [768, 1024], [1280, 900]];
const LOCALES = ['en-GB', 'de-DE', 'fr-FR', 'es-ES'];
const SHOTS = process.env.CANDOR_SHOTS;
/** Pages that people may want on paper. */
const ON_PAPER = ['promise', 'everything about the promise', 'how to check, with the list of groups checked', 'check words to compare', 'receipt', 'receipt found'];

let browser;
const states = new Set();
const counts = { axe: 0, wrong: 0, shots: 0 };

before(async () => {
  if (SHOTS) await mkdir(SHOTS, { recursive: true });
  browser = await launch();
});
after(async () => {
  await browser.close();
  await figures('pages', [
    ['states of the page, in four languages', states.size, ''],
    ['looks of axe (4 widths, light and dark)', counts.axe, ''],
    ['faults on them, and of 200 % text, forced colours, paper and motion', counts.wrong, '0'],
    ...(SHOTS ? [['photographs', counts.shots, '']] : []),
  ]);
});

const looker = (locale, wrong) => async (page, state) => {
  states.add(state);
  const language = locale.slice(0, 2);
  const note = (where, found) => wrong.push(...found.map((one) => `${state}, ${where}: ${one}`));
  const shoot = async (name) => {
    if (!SHOTS) return;
    counts.shots += 1;
    await page.screenshot({ path: path.join(SHOTS, `${state.replaceAll(/[^\w]+/g, '-')}-${language}-${name}.png`), fullPage: true });
  };
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ['light', 'dark']) {
      const where = `${width} px, ${colorScheme}`;
      await page.emulateMedia({ colorScheme });
      note(where, await axe(page));
      counts.axe += 1;
      await shoot(`${width}-${colorScheme}`);
    }
    note(`${width} px`, await narrow(page));
    note(`${width} px`, await headings(page));
    note(`${width} px`, await targets(page));
    note(`${width} px`, await focus(page));
    await twiceAsLarge(page, async () => {
      note(`${width} px, text at 200 %`, await narrow(page));
      await shoot(`${width}-text`);
    });
  }
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme: 'dark', forcedColors: 'active' });
    note(`${width} px, forced colours`, [...(await forcedColours(page)), ...(await focus(page)), ...(await narrow(page))]);
    await shoot(`${width}-forced`);
    await page.emulateMedia({ forcedColors: null });
  }
  await page.emulateMedia({ media: 'print' });
  // The width of a sheet of A4 at 96 dots an inch, less its edges.
  await page.setViewportSize({ width: 718, height: 1000 });
  note('on paper', [...(await printed(page)), ...(await narrow(page))]);
  await shoot('paper');
  if (ON_PAPER.includes(state)) {
    const sheets = (await page.pdf({ format: 'A4', ...(SHOTS && { path: path.join(SHOTS, `${state.replaceAll(/[^\w]+/g, '-')}-${language}.pdf`) }) })).toString('latin1').match(/\/Type \/Page\b/g).length;
    if (sheets > 3) note('on paper', [`${sheets} sheets`]);
  }
  await page.emulateMedia({ media: null, reducedMotion: 'reduce' });
  note('less motion', await moving(page));
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  await page.setViewportSize(PHONE.viewport);
};

for (const locale of LOCALES) {
  for (const way of ways) {
    test(`${locale}: ${way}`, async () => {
      const wrong = [];
      await walk(browser, way, looker(locale, wrong), { locale });
      counts.wrong += wrong.length;
      assert.deepEqual(wrong, []);
    });
  }
}
