// Every state of the survey page is for everybody: WCAG 2.2 AA as far as axe can see it, small screens, large text, large targets, light and dark.
//
// Each state is looked at where it differs most: at 360 px in the light and at 1280 px in the dark. `pages.full.mjs` looks at all of the rest.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESK, PHONE, answer, begin, launch } from './browser.mjs';
import { axe, focus, headings, narrow, targets, twiceAsLarge } from './checks.mjs';
import { startStandIn } from './standin.mjs';
import { pageNames, walk, ways } from './walk.mjs';

let browser;
const pages = new Set();
const states = [];

before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** Notes what is wrong with a page, at both sizes. */
const looker = (wrong) => async (page, state) => {
  states.push(state);
  const note = (where, found) => wrong.push(...found.map((one) => `${state}, ${where}: ${one}`));
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

// In German, which has the longest words.
for (const way of ways) {
  test(`every state is accessible: ${way}`, async () => {
    const wrong = [];
    for (const page of await walk(browser, way, looker(wrong), { locale: 'de-DE' })) pages.add(page);
    assert.deepEqual(wrong, []);
  });
}

test('the walk reaches every page that there is, and each state once', async () => {
  assert.deepEqual([...(await pageNames())].filter((name) => !pages.has(name)), [], 'pages that no way leads to');
  assert.deepEqual(states.filter((state, i) => states.indexOf(state) !== i), []);
  console.log(`  ${states.length} states of ${pages.size} pages`);
});

test('nothing moves for people who asked for less motion', async () => {
  const round = await startStandIn();
  const context = await browser.newContext({ ...DESK, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.route('**/box', (route) => (route.request().postDataBuffer()?.[1] === 2 ? undefined : route.continue()));
  await begin(page, round.link(0));
  await answer(page, { 1: 1 });
  const asked = page.waitForRequest((request) => request.postDataBuffer()?.[1] === 2);
  await page.locator('#send').click();
  await asked;
  assert.equal(await page.locator('.busy').evaluate((element) => getComputedStyle(element).animationName), 'none');
  await context.close();
  await round.stop();
});
