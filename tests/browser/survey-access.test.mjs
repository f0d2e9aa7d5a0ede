// Every state of the survey page is for everybody: WCAG 2.2 AA as far as axe can see it, small screens, large text, large targets, light and dark.
//
// Each state is looked at where it differs most: at 360 px in the light and at 1280 px in the dark. `pages.full.mjs` looks at all of the rest.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESK, answer, begin, launch } from './browser.mjs';
import { brief } from './looks.mjs';
import { startStandIn } from './standin.mjs';
import { pageNames, walk, ways } from './walk.mjs';

let browser;
const pages = new Set();
const states = [];

before(async () => {
  browser = await launch();
});
after(() => browser.close());

// In German, which has the longest words.
for (const way of ways) {
  test(`every state is accessible: ${way}`, async () => {
    const wrong = [];
    const closely = brief(wrong);
    const look = (page, state) => {
      states.push(state);
      return closely(page, state);
    };
    for (const page of await walk(browser, way, look, { locale: 'de-DE' })) pages.add(page);
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
