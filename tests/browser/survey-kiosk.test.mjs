// A device that people use one after the other: nothing of a visit is left on it, and nobody has to hurry.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import AxeBuilder from '@axe-core/playwright';
import { DESK, PHONE, answer, begin, send, shows, speak } from './browser.mjs';
import { remains, surveyFixture, text } from './survey-fixture.mjs';

const survey = surveyFixture();
const TABLET = { viewport: { width: 768, height: 1024 }, hasTouch: true, locale: 'de-DE', timezoneId: 'Europe/Berlin' };

/** A fresh shared device at the page where codes are typed, with a clock that the test moves. */
async function kiosk(options = DESK) {
  const page = await survey.tab(options);
  await page.clock.install();
  await page.goto(`${survey.round.base}#shared`);
  await shows(page, 'code');
  return page;
}

/** Types a person's code and starts. */
async function enter(page, code) {
  await page.locator('#code').fill(code);
  await page.locator('#open').click();
  await shows(page, 'compare');
  await page.locator('#same').click();
  await shows(page, 'promise');
  await page.locator('#start').click();
  await shows(page, 'section');
}

/** Waits until the page has started anew for the next person. */
async function cleared(page) {
  await shows(page, 'code');
  await page.waitForFunction(() => document.getElementById('code')?.value === '' && document.activeElement?.id === 'title');
}

/** Everything of a visit that could still be found in the tab: DOM, storage, history, caches. */
async function left(page, secrets) {
  const found = await page.evaluate(async () => ({
    page: document.documentElement.outerHTML + [...document.querySelectorAll('input, textarea')].map((field) => field.value).join(),
    title: document.title,
    address: location.href,
    state: JSON.stringify(history.state),
    storage: JSON.stringify([{ ...sessionStorage }, { ...localStorage }, await indexedDB.databases(), await caches.keys(), document.cookie, window.name]),
    scrolled: window.scrollY,
    live: [...document.querySelectorAll('[role=status], [role=alert], [aria-live], dialog')].map((node) => node.textContent).join(''),
  }));
  const all = JSON.stringify(found);
  for (const secret of secrets) assert.ok(!all.includes(secret), `${secret} is still there: ${all}`);
  return found;
}

test('after "I am done" neither storage, history, page nor cache tells anything, and the next person starts afresh', async () => {
  const page = await kiosk(TABLET);
  const requests = [];
  page.on('request', (request) => requests.push(request.url()));
  const code = survey.round.code(0);
  await enter(page, code);
  await speak(page, 'en');
  await answer(page, { 1: 4, 5: 2, 12: 6 });
  await page.locator('#send').click();
  await shows(page, 'receipt');
  const receipt = await page.locator('#receipt-code').innerText();
  assert.match(await text(page), /Write it down or photograph it/);
  assert.equal(await page.locator('#save-receipt').count(), 0, 'no file is left on the device');
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  await page.locator('#done').click();
  await cleared(page);

  const secrets = [code, code.replaceAll('-', ''), receipt, 'Dispatch and Returns', 'Halden Instruments'];
  const found = await left(page, secrets);
  assert.equal(found.address, `${survey.round.base}#shared`);
  assert.equal(found.storage, JSON.stringify([{ 'candor-shared': '1' }, {}, [{ name: 'candor', version: 1 }], [], '', '']));
  assert.deepEqual(await remains(page), { rows: 0, session: 1, local: 0, cookies: '' });
  assert.deepEqual([found.state, found.scrolled, found.live], ['null', 0, '']);
  assert.equal(await page.locator('html').getAttribute('lang'), 'de', 'the language is the device’s own');
  assert.deepEqual(await page.locator('#shared-device').isChecked(), true);

  // What the browser's own cache would give without asking anybody.
  const cached = await page.evaluate((urls) => Promise.all(urls.map((url) => fetch(url, { cache: 'only-if-cached', mode: 'same-origin' }).then(({ ok }) => ok && url, () => false))), [...new Set(requests)]);
  assert.deepEqual(cached.filter((url) => url !== false && /box|quiet/.test(url)), []);

  // Every entry that the back button leads to is that of nobody.
  const steps = await page.evaluate(() => history.length);
  for (let i = 1; i < steps; i++) {
    await page.goBack({ waitUntil: 'commit' }).catch(() => undefined);
    if (!page.url().startsWith(survey.round.base)) break;
    await shows(page, 'code');
    assert.equal((await left(page, secrets)).address, `${survey.round.base}#shared`);
  }
  await page.goto(`${survey.round.base}#shared`);
  await enter(page, survey.round.code(1));
  assert.equal(await page.locator('input[type=radio]:checked').count(), 0);
  await answer(page, { 2: 1 });
  await send(page);
  const opened = await survey.round.open();
  assert.deepEqual(opened.map(({ answers }) => answers.filter((value) => value !== 0).length), [3, 1]);
});

test('whoever walks away is asked, may stay as often as they like, and leaves nothing', async () => {
  const page = await kiosk();
  await enter(page, survey.round.code(0));
  await page.locator('#statement-1-4').check();
  assert.deepEqual(await page.evaluate(() => Object.keys(sessionStorage)), ['candor-shared'], 'no link and no draft');
  for (let i = 0; i < 12; i++) {
    await page.clock.fastForward(90_500);
    await page.locator('dialog#still[open]').waitFor();
    if (i % 2) await page.keyboard.press('Escape');
    else await page.locator('#stay').click();
    await page.locator('dialog').waitFor({ state: 'detached' });
  }
  assert.ok(await page.locator('#statement-1-4').isChecked(), 'nothing was lost by staying');
  await page.clock.fastForward(90_500);
  await page.locator('dialog#still[open]').waitFor();
  assert.match(await page.locator('#still-left').innerText(), /^In (30|29) seconds/);
  await page.clock.runFor(15_000);
  assert.match(await page.locator('#still-left').innerText(), /^In 1[45] seconds/);
  await page.clock.runFor(16_000);
  await cleared(page);
  await left(page, ['Dispatch and Returns', 'Halden Instruments']);
  assert.equal((await remains(page)).rows, 0);
  assert.deepEqual(survey.kinds(), [1]);
});

test('the question is a dialog that is announced, holds the focus, and is reached by the keyboard alone', async () => {
  const page = await kiosk();
  await enter(page, survey.round.code(0));
  await page.locator('#statement-1-4').check();
  await page.clock.fastForward(91_000);
  const dialog = page.getByRole('alertdialog', { name: 'Are you still there?' });
  await dialog.waitFor();
  assert.match(await page.evaluate(() => document.getElementById('still').getAttribute('aria-describedby').split(' ').map((id) => document.getElementById(id).textContent).join(' ')), /clears itself .* is then deleted/);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'stay');
  const visited = [];
  for (let i = 0; i < 4; i++) {
    await page.keyboard.press('Tab');
    visited.push(await page.evaluate(() => document.activeElement.id));
  }
  assert.deepEqual(visited.filter((id) => id !== '' && id !== 'stay' && id !== 'clear'), []);
  await page.locator('#start, #next').first().click({ timeout: 500, trial: true }).then(() => assert.fail('the page behind it can be pressed'), () => undefined);
  const { violations } = await new AxeBuilder({ page }).analyze();
  assert.deepEqual(violations.map(({ id }) => id), []);
  await page.clock.runFor(11_000);
  await page.getByRole('status').getByText(/^In 20 seconds/).waitFor({ state: 'attached' });
  await page.locator('#clear').focus();
  await page.keyboard.press('Enter');
  await cleared(page);
});

test('the page may be cleared at any time, after a question', async () => {
  const page = await kiosk(PHONE);
  await enter(page, survey.round.code(0));
  await page.locator('#clear-page').click();
  await page.locator('dialog#still[open]').waitFor();
  await page.locator('#stay').click();
  await shows(page, 'section');
  await page.locator('#clear-page').click();
  await page.locator('#clear').click();
  await cleared(page);
});

test('"delete my entries and leave" leads to the page for the next person', async () => {
  const page = await kiosk();
  await enter(page, survey.round.code(0));
  await page.locator('#leave').click();
  await cleared(page);
});

test('a receipt that nobody looks at goes after a minute', async () => {
  const page = await kiosk();
  await enter(page, survey.round.code(0));
  await answer(page, { 1: 4 });
  const receipt = await send(page);
  await page.clock.runFor(29_000);
  assert.equal(await page.locator('dialog').count(), 0);
  await page.clock.fastForward(3_000);
  await page.locator('dialog#still[open]').waitFor();
  assert.doesNotMatch(await page.locator('dialog').innerText(), /deleted/);
  await page.clock.fastForward(30_000);
  await cleared(page);
  await left(page, [receipt]);
});

test('a device that slept is cleared at once, without asking whoever wakes it', async () => {
  const page = await kiosk();
  await enter(page, survey.round.code(0));
  await page.locator('#statement-1-4').check();
  await page.clock.fastForward(10 * 60_000);
  await cleared(page);
});

test('a page that nobody has touched stays as it is, and a code that was left in the field goes', async () => {
  const page = await kiosk();
  await page.clock.fastForward(3_600_000);
  assert.equal(await page.locator('dialog').count(), 0);
  const code = survey.round.code(0);
  await page.locator('#code').pressSequentially(code);
  await page.clock.fastForward(91_000);
  await page.locator('dialog#still[open]').waitFor();
  await page.clock.fastForward(31_000);
  await cleared(page);
  await left(page, [code]);
});

for (const [name, kind, when] of [['before the first request', 2, 'before'], ['between the two requests', 3, 'before'], ['after the second request', 3, 'after']]) {
  test(`answers held up ${name} are neither cleared nor lost, and only the same code finishes them`, async () => {
    const page = await kiosk();
    const code = survey.round.code(0);
    await enter(page, code);
    await answer(page, { 1: 4 });
    let offline = true;
    await page.route('**/box', async (route) => {
      if (!offline || route.request().postDataBuffer()?.[1] !== kind) return route.continue();
      if (when === 'after') await route.fetch();
      return route.abort('connectionreset');
    });
    await page.locator('#send').click();
    await page.locator('#waiting').waitFor();
    assert.match(await text(page), /with your code, and it finishes\. Nobody can do that without your code/);
    for (let i = 0; i < 3; i++) {
      await page.clock.fastForward(120_000);
      await page.locator('#waiting').waitFor();
    }
    assert.deepEqual([await page.locator('dialog').count(), await page.locator('main').getAttribute('data-page')], [0, 'sending']);
    await page.reload();
    await shows(page, 'code');
    await left(page, [code, 'Dispatch and Returns']);
    assert.equal((await remains(page)).rows, 1, 'sealed, under a name that tells nothing');
    offline = false;

    // The next person is told nothing of it, and their answers go their own way.
    await enter(page, survey.round.code(1));
    await answer(page, { 2: 2 });
    await send(page);
    assert.equal((await remains(page)).rows, 1);
    await page.locator('#done').click();
    await cleared(page);
    await page.locator('#code').fill(survey.round.link(1));
    await page.locator('#open').click();
    await shows(page, 'used');
    assert.doesNotMatch(await text(page), /not sent to the end/);
    await page.locator('#clear-page').click();
    await page.locator('#clear').click();
    await cleared(page);

    await page.locator('#code').fill(code);
    await page.locator('#open').click();
    await shows(page, 'compare');
    await page.locator('#same').click();
    await shows(page, 'receipt');
    assert.equal((await remains(page)).rows, 0);
    assert.deepEqual((await survey.round.open()).map(({ answers }) => answers.slice(0, 2)).sort(), [[0, 2], [4, 0]].sort());
  });
}

test('what the old page still waited for shows nothing to the next person', async () => {
  const page = await kiosk();
  let answerNow;
  const held = new Promise((resolve) => {
    answerNow = resolve;
  });
  await page.route('**/box', async (route) => {
    await held;
    await route.continue().catch(() => undefined);
  }, { times: 1 });
  await page.locator('#code').fill(survey.round.code(0));
  await page.locator('#open').click();
  await shows(page, 'compare');
  await page.locator('#same').click();
  await shows(page, 'loading');
  await page.locator('#clear-page').click();
  await page.locator('#clear').click();
  await cleared(page);
  answerNow();
  await enter(page, survey.round.code(2));
  assert.match(await page.locator('main').innerText(), /This team/i);
  assert.equal(await page.locator('main').getAttribute('data-page'), 'section');
});

test('the browser asks before a reload loses what was entered here, and says nothing when the page clears itself', async () => {
  const page = await kiosk();
  const asked = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void (asked.length === 1 ? dialog.dismiss() : dialog.accept());
  });
  await enter(page, survey.round.code(0));
  await page.reload();
  await shows(page, 'code');
  assert.deepEqual(asked, [], 'nothing was entered yet');
  await enter(page, survey.round.code(0));
  await page.locator('#statement-1-4').check();
  await page.goBack();
  await shows(page, 'promise');
  assert.match(await page.locator('#storage').innerText(), /If the page is reloaded or closed before you send, your entries are gone/);
  await Promise.all([page.waitForEvent('dialog'), page.evaluate(() => location.reload())]);
  await page.locator('#start').click();
  assert.ok(await page.locator('#statement-1-4').isChecked(), 'whoever stays has lost nothing');
  await page.locator('#clear-page').click();
  await page.locator('#clear').click();
  await cleared(page);
  await enter(page, survey.round.code(0));
  await answer(page, { 1: 4 });
  await send(page);
  await page.locator('#done').click();
  await cleared(page);
  assert.deepEqual(asked, ['beforeunload']);
});

test('without a connection the page is empty until there is one again', async () => {
  const page = await kiosk();
  await enter(page, survey.round.code(0));
  await page.route('**/*', (route) => route.abort('internetdisconnected'));
  await page.locator('#clear-page').click();
  await page.locator('#clear').click();
  await shows(page, 'cleared');
  await page.getByText('There is no connection.').waitFor();
  await left(page, ['Dispatch and Returns', 'Halden Instruments']);
  await page.evaluate(() => (document.querySelector('main [role=status]').dataset.said = 'once'));
  const again = page.waitForRequest((request) => request.method() === 'HEAD');
  await page.clock.runFor(6000);
  await again;
  assert.equal(await page.locator('[data-said=once]').count(), 1, 'it is not said again with every try');
  await page.unroute('**/*');
  await page.clock.runFor(6000);
  await cleared(page);
});

test('a page that the browser kept for its back button is cleared when it comes back', async () => {
  const page = await kiosk();
  await enter(page, survey.round.code(0));
  await page.evaluate(() => {
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    globalThis.kept = document.documentElement.outerHTML;
  });
  assert.doesNotMatch(await page.evaluate(() => globalThis.kept), /statement-1/);
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await cleared(page);
});

test('a link from a mail works as a code does, and is in no address afterwards', async () => {
  const page = await kiosk();
  const link = survey.round.link(0);
  await page.evaluate((address) => location.assign(address), link);
  await shows(page, 'promise');
  assert.equal(page.url(), `${survey.round.base}#shared`);
  await page.locator('#start').click();
  await answer(page, { 1: 4 });
  await page.reload();
  await shows(page, 'code');
  // The same in a tab that was somewhere else in between.
  await page.goto('about:blank');
  await begin(page, survey.round.link(0));
  assert.ok(await page.locator('#clear-page').isVisible());
  await answer(page, { 1: 4 });
  await send(page);
  await page.locator('#done').click();
  await cleared(page);
});

test('the box on the page of the code does the same, and is off by default', async () => {
  const page = await survey.tab();
  await page.goto(survey.round.base);
  await shows(page, 'code');
  assert.equal(await page.locator('#shared-device').isChecked(), false);
  await page.getByLabel('This is a shared device').check();
  assert.equal(page.url(), `${survey.round.base}#shared`);
  await page.reload();
  await shows(page, 'code');
  assert.equal(await page.locator('#shared-device').isChecked(), true);
  await page.getByLabel('This is a shared device').uncheck();
  assert.equal(page.url(), survey.round.base);
  assert.deepEqual(await remains(page), { rows: 0, session: 0, local: 0, cookies: '' });
  await page.reload();
  await shows(page, 'code');
  assert.equal(await page.locator('#shared-device').isChecked(), false);
});

test('a device that keeps nothing at all is a shared device by its address', async () => {
  const page = await survey.tab();
  await page.addInitScript(() => {
    for (const name of ['indexedDB', 'sessionStorage', 'localStorage']) {
      Object.defineProperty(globalThis, name, {
        get() {
          throw new DOMException('storage is off', 'SecurityError');
        },
      });
    }
  });
  await page.goto(`${survey.round.base}#shared`);
  await enter(page, survey.round.code(0));
  await answer(page, { 1: 4 });
  await page.reload();
  await shows(page, 'code');
  assert.equal(await page.locator('#shared-device').isChecked(), true);
  await enter(page, survey.round.code(0));
  await answer(page, { 1: 4 });
  await send(page);
  await page.locator('#done').click();
  await cleared(page);
  assert.equal(await page.locator('#shared-device').isChecked(), true);
});

test('the result of a group is for a device of one’s own: no link leads this tab to a page that cannot clear itself', async () => {
  const page = await kiosk();
  const status = async (stage) => {
    Object.assign(survey.round, { state: 'closed', stage });
    await page.locator('#code').fill(survey.round.statusCode(0));
    await page.locator('#open').click();
    await shows(page, 'compare');
    await page.locator('#same').click();
    await shows(page, 'status');
  };
  await status(1);
  assert.match(await text(page), /Once the result is published, you can read that of your group with the same code, on a device of your own\./);
  assert.doesNotMatch(await text(page), /this link/);
  await page.reload();
  await shows(page, 'code');
  await status(3);
  assert.match(await page.locator('#team-elsewhere').innerText(), /same code, on a device of your own/);
  assert.equal(await page.locator('a[href*="team/"]').count(), 0);
});
