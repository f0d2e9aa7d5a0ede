// The long run: Lighthouse on every state of the survey page, its slow phone on the promise of the real program, and how long Send takes beyond the network.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, test } from 'node:test';
import { DESK, PHONE, begin, launch, reachable, shows } from './browser.mjs';
import { startDemo } from './demo.mjs';
import { figures, median } from './figures.mjs';
import { startStandIn } from './standin.mjs';
import { walk, ways } from './walk.mjs';

// Large, and so installed by the long run alone, in a folder of its own.
const require = createRequire(new URL('./lighthouse/package.json', import.meta.url));
const { default: lighthouse, snapshot } = await import(require.resolve('lighthouse'));
const { default: puppeteer } = await import(require.resolve('puppeteer-core'));
const ROUNDS = 5;
/** Compressed bytes of the page, its program and its words, and requests until the promise is read. */
const BUDGET = { bytes: 61_440, requests: 5 };
/** What every round has of its own, and every group: no part of the page. */
const OWN = /\/(round|box)$/;

const lines = [];
after(() => figures('measure', lines));

const failed = ({ audits }, category) => category.auditRefs.filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 1).map(({ id }) => id);

test('Lighthouse finds every state fully accessible, by turns on a phone in the light and on a desk in the dark', async () => {
  const { port, browser } = await reachable();
  const other = await puppeteer.connect({ browserURL: `http://127.0.0.1:${port}`, defaultViewport: null });
  let marks = 0;
  let lowest = 1;
  const wrong = [];
  const look = async (page, state) => {
    marks += 1;
    await page.evaluate((mark) => (globalThis.mark = mark), marks);
    const pages = await Promise.all(other.targets().filter((target) => target.type() === 'page').map((target) => target.page()));
    const held = await Promise.all(pages.map((one) => one.evaluate(() => globalThis.mark).catch(() => undefined)));
    const same = pages[held.indexOf(marks)];
    assert.ok(same, state);
    // axe has looked at every width and both colours already (`pages.full.mjs`): here each state stands for one of them.
    const [viewport, colorScheme, formFactor] = marks % 2 === 1 ? [PHONE.viewport, 'light', 'mobile'] : [DESK.viewport, 'dark', 'desktop'];
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    const { lhr } = await snapshot(same, { flags: { onlyCategories: ['accessibility'], screenEmulation: { disabled: true }, formFactor, logLevel: 'error' } });
    const { accessibility } = lhr.categories;
    lowest = Math.min(lowest, accessibility.score);
    if (accessibility.score < 1) wrong.push(`${state}, ${colorScheme}: ${accessibility.score}, ${failed(lhr, accessibility).join(' ')}`);
    await page.setViewportSize(PHONE.viewport);
    await page.emulateMedia({ colorScheme: null });
  };
  try {
    for (const way of ways) await walk(browser, way, look);
  } finally {
    await other.disconnect();
    await browser.close();
  }
  lines.push([`Lighthouse accessibility, lowest of ${marks} states`, lowest.toFixed(2), '1.00']);
  assert.deepEqual(wrong, []);
});

test('the promise of the real program is fast on a slow phone, small, and asks nobody else', async () => {
  const demo = await startDemo();
  const { port, browser } = await reachable();
  try {
    const page = await browser.newPage();
    await page.goto(`${demo.console}/mails`);
    await page.getByRole('link', { name: /anonymous survey/ }).first().click();
    const link = await page.getByRole('link', { name: 'Follow the personal link' }).getAttribute('href');
    await page.close();
    const runs = [];
    for (let i = 0; i < 3; i++) runs.push((await lighthouse(link, { port, onlyCategories: ['performance', 'accessibility', 'best-practices'], logLevel: 'error' })).lhr);
    const score = (name) => median(runs.map(({ categories }) => categories[name].score));
    const value = (name) => median(runs.map(({ audits }) => audits[name].numericValue));
    const visit = await browser.newPage();
    const items = [];
    visit.on('requestfinished', (request) => items.push(request));
    await visit.goto(link);
    await shows(visit, 'promise');
    await visit.waitForLoadState('networkidle');
    const sizes = await Promise.all(items.map((request) => request.sizes()));
    const [shared, own] = [false, true].map((wanted) => sizes.filter((_, i) => OWN.test(items[i].url()) === wanted).reduce((sum, { responseBodySize }) => sum + responseBodySize, 0));
    const headers = sizes.reduce((sum, { responseHeadersSize }) => sum + responseHeadersSize, 0);
    lines.push(
      ['Lighthouse performance, slow phone, promise of the real program', score('performance').toFixed(2), '>= 0.95'],
      ['  first and largest contentful paint', `${(value('first-contentful-paint') / 1000).toFixed(1)} s, ${(value('largest-contentful-paint') / 1000).toFixed(1)} s`, ''],
      ['  time that the main thread is blocked', `${Math.round(value('total-blocking-time'))} ms`, ''],
      ['Lighthouse accessibility of the same', score('accessibility').toFixed(2), '1.00'],
      ['Lighthouse best practices of the same', score('best-practices').toFixed(2), ''],
      ['requests until the promise is read', items.length, `<= ${BUDGET.requests}`],
      // A debug build compresses less, so that tests need not wait for it; what a release sends is held to the same goal by tests/http/compression.rs.
      ['compressed bytes of page, program and words, debug build', shared, `<= ${BUDGET.bytes}`],
      ['  and of the round and the own group', own, ''],
      ['  and of all headers', headers, ''],
    );
    assert.ok(items.every((request) => request.url().startsWith(new URL(link).origin)), items.map((request) => request.url()).join(' '));
    assert.ok(score('performance') >= 0.95, `performance ${score('performance')}`);
    assert.equal(score('accessibility'), 1);
    assert.ok(items.length <= BUDGET.requests, `${items.length} requests`);
    assert.ok(shared <= BUDGET.bytes, `${shared} bytes`);
  } finally {
    await browser.close();
    await demo.stop();
  }
});

/** From the press to the receipt in a browser that has just started, without what was waited for the network. */
async function sendOnce(round, person) {
  const browser = await launch();
  try {
    const page = await (await browser.newContext(DESK)).newPage();
    await page.addInitScript(() => {
      globalThis.network = 0;
      const timed = (work) =>
        async function (...given) {
          const start = performance.now();
          try {
            return await work.apply(this, given);
          } finally {
            globalThis.network += performance.now() - start;
          }
        };
      globalThis.fetch = timed(globalThis.fetch);
      Response.prototype.arrayBuffer = timed(Response.prototype.arrayBuffer);
    });
    await begin(page, round.link(person));
    await page.locator('#statement-1-4').check();
    await page.locator('#early').click();
    await shows(page, 'review');
    await page.evaluate(() => {
      globalThis.network = 0;
      let pressed = 0;
      document.getElementById('send').addEventListener('click', () => (pressed = performance.now()), { capture: true });
      new MutationObserver(() => {
        if (document.querySelector('main[data-page=receipt]') === null || globalThis.took !== undefined) return;
        // The receipt stands on the page only once it has a place there.
        void document.body.offsetHeight;
        globalThis.took = performance.now() - pressed - globalThis.network;
      }).observe(document.getElementById('page'), { childList: true, subtree: true });
    });
    await page.locator('#send').click();
    await shows(page, 'receipt');
    return await page.evaluate(() => globalThis.took);
  } finally {
    await browser.close();
  }
}

test('Send takes at most 150 ms beyond the network in a browser that has just started', async () => {
  const round = await startStandIn({ people: Array(ROUNDS).fill(1) });
  const took = [];
  for (let person = 0; person < ROUNDS; person++) took.push(Math.round(await sendOnce(round, person)));
  await round.stop();
  lines.push([`Send beyond the network, cold, median of ${ROUNDS} (${took.join(', ')})`, `${median(took)} ms`, '<= 150 ms']);
  assert.ok(median(took) <= 150, took.join(' '));
});
