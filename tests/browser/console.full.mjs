// The long run: every page of the console and every report of the demo, at every width, light and dark, with large text, on paper, by keyboard, and with
// Lighthouse. With BROWSER_SHOTS=<folder> each is photographed as well.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { reachable } from './browser.mjs';
import { axe, crowded, focus, headings, letters, narrow, printed, tables, twiceAsLarge, unfold } from './checks.mjs';
import { prepare, visit } from './console.mjs';
import { startDemo } from './demo.mjs';
import { figures } from './figures.mjs';

const require = createRequire(new URL('./lighthouse/package.json', import.meta.url));
const { snapshot } = await import(require.resolve('lighthouse'));
const { default: puppeteer } = await import(require.resolve('puppeteer-core'));

const SIZES = [[320, 640], [360, 740], [768, 1024], [1280, 900], [1920, 1080]];
const SHOTS = process.env.BROWSER_SHOTS;
/** Speaks both languages of the console, and with them two of the reports. */
const LANGUAGES = ['en', 'de'];

let browser;
let port;
let demo;
let walk;
const counts = { pages: 0, axe: 0, wrong: 0, lighthouse: 0 };
let lowest = 1;

before(async () => {
  if (SHOTS) await mkdir(SHOTS, { recursive: true });
  [{ browser, port }, demo] = await Promise.all([reachable(), startDemo()]);
  walk = await prepare(browser, demo, { long: true });
});
after(async () => {
  await browser?.close();
  await demo?.stop();
  await figures('console', [
    ['pages of the console and reports looked at, in two languages', counts.pages, ''],
    ['looks of axe (5 widths, light and dark)', counts.axe, ''],
    ['faults on them, and of 200 % text, focus, tables, drawings and paper', counts.wrong, '0'],
    [`Lighthouse accessibility, lowest of ${counts.lighthouse} looks`, lowest.toFixed(2), '1.00'],
  ]);
});

const speak = async (language) => {
  for (const context of Object.values(walk.contexts)) {
    await context.clearCookies({ name: 'candor-language' });
    await context.addCookies([{ name: 'candor-language', value: language, url: demo.console }]);
  }
};

for (const language of LANGUAGES) {
  test(`every page is sound at every width, light and dark, and on paper (${language})`, async () => {
    const wrong = [];
    await speak(language);
    await visit(demo, walk, async (page, name) => {
      counts.pages += 1;
      const note = (where, found) => wrong.push(...found.map((one) => `${name}, ${where}: ${one}`));
      const shoot = async (as) => SHOTS && page.screenshot({ path: path.join(SHOTS, `${name.replaceAll(/[^\w]+/g, '-')}-${language}-${as}.png`), fullPage: true });
      if (language !== (await page.evaluate(() => document.documentElement.lang))) note('any width', ['speaks another language']);
      for (const [width, height] of SIZES) {
        await page.setViewportSize({ width, height });
        for (const colorScheme of ['light', 'dark']) {
          await page.emulateMedia({ colorScheme });
          await shoot(`${width}-${colorScheme}`);
        }
      }
      await unfold(page);
      for (const [width, height] of SIZES) {
        await page.setViewportSize({ width, height });
        for (const colorScheme of ['light', 'dark']) {
          await page.emulateMedia({ colorScheme });
          note(`${width} px, ${colorScheme}`, await axe(page));
          counts.axe += 1;
        }
        note(`${width} px`, [...(await narrow(page)), ...(await headings(page)), ...(await focus(page)), ...(await tables(page)), ...(await letters(page)), ...(await crowded(page))]);
        note(`${width} px, text at 200 %`, await twiceAsLarge(page, () => narrow(page)));
      }
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      await page.setViewportSize({ width: 718, height: 1000 });
      note('on paper', [...(await printed(page)), ...(await narrow(page))]);
      await shoot('paper');
      await page.emulateMedia({ media: null, colorScheme: null });
    });
    counts.wrong += wrong.length;
    assert.deepEqual(wrong, []);
  });
}

test('Lighthouse finds every page fully accessible, on a phone and on a desk, light and dark', async () => {
  const other = await puppeteer.connect({ browserURL: `http://127.0.0.1:${port}`, defaultViewport: null });
  const wrong = [];
  await speak('en');
  try {
    await visit(demo, walk, async (page, name) => {
      await unfold(page);
      const mark = `${name} ${Math.random()}`;
      await page.evaluate((mark) => (globalThis.mark = mark), mark);
      const pages = await Promise.all(other.targets().filter((target) => target.type() === 'page').map((target) => target.page()));
      const held = await Promise.all(pages.map((one) => one.evaluate(() => globalThis.mark).catch(() => undefined)));
      const same = pages[held.indexOf(mark)];
      assert.ok(same, name);
      for (const [width, height, formFactor] of [[360, 740, 'mobile'], [1280, 900, 'desktop']]) {
        await page.setViewportSize({ width, height });
        for (const colorScheme of ['light', 'dark']) {
          await page.emulateMedia({ colorScheme });
          const { lhr } = await snapshot(same, { flags: { onlyCategories: ['accessibility'], screenEmulation: { disabled: true }, formFactor, logLevel: 'error' } });
          const { score, auditRefs } = lhr.categories.accessibility;
          counts.lighthouse += 1;
          lowest = Math.min(lowest, score);
          const failed = auditRefs.filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1).map(({ id }) => id);
          if (score < 1) wrong.push(`${name}, ${width} px, ${colorScheme}: ${score}, ${failed.join(' ')}`);
        }
      }
      await page.emulateMedia({ colorScheme: null });
    });
  } finally {
    await other.disconnect();
  }
  assert.deepEqual(wrong, []);
});
