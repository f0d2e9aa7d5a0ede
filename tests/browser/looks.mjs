// Two ways to look at a page: briefly, where it differs most, and thoroughly, in everything. Both leave it as it was.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { DESK, PHONE } from './browser.mjs';
import { axe, focus, forcedColours, headings, moving, narrow, printed, targets, twiceAsLarge } from './checks.mjs';

const SIZES = [[320, 640], [360, 740], [768, 1024], [1280, 900]];
const SHOTS = process.env.BROWSER_SHOTS;

/** Notes what is wrong with a page at 360 px in the light and at 1280 px in the dark, at 320 px, and with text twice as large. */
export const brief = (wrong) => async (page, state) => {
  const note = (where, found) => wrong.push(...found.map((one) => `${state}, ${where}: ${one}`));
  await page.setViewportSize(PHONE.viewport);
  await page.emulateMedia({ colorScheme: 'light' });
  note('360 px', await axe(page));
  note('360 px', await headings(page));
  note('360 px', await targets(page));
  note('360 px', await focus(page));
  note('360 px, text at 200 %', await twiceAsLarge(page, () => narrow(page)));
  await page.setViewportSize({ width: 320, height: 640 });
  note('320 px', await narrow(page));
  await page.setViewportSize(DESK.viewport);
  await page.emulateMedia({ colorScheme: 'dark' });
  note('1280 px in the dark', await axe(page));
  note('1280 px', await narrow(page));
  note('1280 px', await targets(page));
  await page.setViewportSize(PHONE.viewport);
  await page.emulateMedia({ colorScheme: null });
};

/**
 * Notes what is wrong with a page at every width, light and dark, with text twice as large, in the system's own colours, on paper and without motion.
 * `counts` counts the looks of axe and the photographs, which are made with BROWSER_SHOTS=<folder>. States named in `onPaper` may take three sheets.
 */
export const thorough = (locale, wrong, counts, onPaper = []) => async (page, state) => {
  const language = locale.slice(0, 2);
  const named = `${state.replaceAll(/[^\w]+/g, '-')}-${language}`;
  const note = (where, found) => wrong.push(...found.map((one) => `${state}, ${where}: ${one}`));
  const shoot = async (name) => {
    if (!SHOTS) return;
    await mkdir(SHOTS, { recursive: true });
    counts.shots += 1;
    await page.screenshot({ path: path.join(SHOTS, `${named}-${name}.png`), fullPage: true });
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
  if (onPaper.includes(state)) {
    const sheets = (await page.pdf({ format: 'A4', ...(SHOTS && { path: path.join(SHOTS, `${named}.pdf`) }) })).toString('latin1').match(/\/Type \/Page\b/g).length;
    if (sheets > 3) note('on paper', [`${sheets} sheets`]);
  }
  await page.emulateMedia({ media: null, reducedMotion: 'reduce' });
  note('less motion', await moving(page));
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  await page.setViewportSize(PHONE.viewport);
};
