// The survey page for everybody: WCAG 2.2 AA as far as axe can see it, small screens, large targets, light and dark.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import AxeBuilder from '@axe-core/playwright';
import { DESK, PHONE, answer, begin, launch, send, shows } from './browser.mjs';
import { startStandIn } from './standin.mjs';

let browser;
let round;
let context;

before(async () => {
  browser = await launch();
});
after(() => browser.close());
beforeEach(async () => {
  round = await startStandIn({ comments: true });
});
afterEach(async () => {
  await context.close();
  await round.stop();
});

/** Fails with a readable list of what axe found, and on anything wider than the screen or smaller than a finger. */
async function accessible(page, where) {
  const { violations, passes } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  assert.ok(passes.length > 15, `${where}: axe looked at too little`);
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
  assert.deepEqual(found, [], where);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${where}: ${wide} px too wide`);
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('button, label.option, summary, input[type=text], input[type=file], textarea')]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().height < 44)
      .map((element) => element.id || element.textContent),
  );
  assert.deepEqual(small, [], `${where}: smaller than 44 px`);
}

for (const [name, options] of [
  ['on a phone', PHONE],
  ['on a phone in the dark, in German', { ...PHONE, colorScheme: 'dark', locale: 'de-DE' }],
  ['on a desk', DESK],
  ['on a desk in the dark, in German', { ...DESK, colorScheme: 'dark', locale: 'de-DE' }],
  ['at 320 px, which is 1280 px at 400 %', { ...DESK, viewport: { width: 320, height: 256 }, locale: 'de-DE' }],
]) {
  test(`every page is accessible ${name}`, async () => {
    context = await browser.newContext(options);
    const page = await context.newPage();
    await page.goto(round.base);
    await shows(page, 'code');
    await page.locator('#open').click();
    await accessible(page, 'code with an error');
    await page.locator('#code').fill(round.code(0));
    await page.locator('#open').click();
    await shows(page, 'compare');
    await accessible(page, 'check words');
    await page.locator('#same').click();
    await shows(page, 'promise');
    await page.locator('details').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));
    await accessible(page, 'promise');
    await page.locator('#start').click();
    await shows(page, 'section');
    await accessible(page, 'statements');
    for (let section = 0; section < 3; section++) await page.locator('#next').click();
    await shows(page, 'comments');
    await page.locator('#comment-1').fill(`frag Frau Vogt: ${'unteilbar'.repeat(40)}`);
    await accessible(page, 'open questions');
    await answer(page, {});
    await page.locator('#send').click();
    await accessible(page, 'overview with an error');
    await page.locator('#change-1').click();
    await page.locator('#statement-1-2').check();
    await accessible(page, 'an answer being changed');
    await page.locator('#next').click();
    await send(page);
    await accessible(page, 'receipt');
    await page.locator('#check-receipt').click();
    await page.locator('#check').click();
    await accessible(page, 'receipt check with an error');
    await page.goto(round.link(0));
    await shows(page, 'used');
    await accessible(page, 'used link');
  });
}

test('nothing moves for people who asked for less motion', async () => {
  context = await browser.newContext({ ...DESK, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.route('**/box', (route) => (route.request().postDataBuffer()?.[1] === 2 ? undefined : route.continue()));
  await begin(page, round.link(0));
  await answer(page, { 1: 1 });
  const asked = page.waitForRequest((request) => request.postDataBuffer()?.[1] === 2);
  await page.locator('#send').click();
  await asked;
  assert.equal(await page.locator('.busy').evaluate((element) => getComputedStyle(element).animationName), 'none');
});
