// What interrupts a person who answers: the end of the round, wrong clocks, another link, a reload, sleep. Every page says where the person stands.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PHONE, answer, begin, send, shows } from './browser.mjs';
import { remains, surveyFixture, text } from './survey-fixture.mjs';

const survey = surveyFixture();
const DAY = 86_400_000;

/** Holds the requests of one kind back, or refuses the connection, until `end` is called. */
async function holdUp(page, kind, refuse) {
  let over = false;
  let end = () => undefined;
  const ended = new Promise((resolve) => {
    end = () => {
      over = true;
      resolve();
    };
  });
  await page.route('**/box', async (route) => {
    if (over || route.request().postDataBuffer()?.[1] !== kind) return route.continue();
    if (refuse) return route.abort('connectionreset');
    await ended;
    return route.continue();
  });
  return end;
}

/** As a tab that comes back to the front, or a laptop that is opened again. */
const wake = (page) => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
const drafts = (page) => page.evaluate(() => Object.keys(sessionStorage).filter((name) => name.startsWith('candor-draft-')).length);

test('a reload while the last answers may still arrive keeps the entries and says that they do not count', async () => {
  const page = await survey.tab(PHONE);
  await begin(page, survey.round.link(0));
  await answer(page, { 1: 4 });
  survey.round.state = 'closing';
  await page.reload();
  await shows(page, 'closed');
  assert.match(await text(page), /was not sent from here and does not count/);
  assert.doesNotMatch(await text(page), /nothing is missing/);
  assert.equal(await drafts(page), 1);
  await page.reload();
  await shows(page, 'closed');
  assert.equal(await drafts(page), 1, 'a second reload finds them, too');

  survey.round.state = 'open';
  await page.locator('#try-again').click();
  await shows(page, 'review');
  await send(page);
  assert.deepEqual((await survey.round.open()).map((ballot) => ballot.answers[0]), [4]);
});

test('entries of a closed round are deleted on request, and by themselves when nothing can arrive any more', async () => {
  const page = await survey.tab();
  await begin(page, survey.round.link(0));
  await answer(page, { 1: 4 });
  survey.round.state = 'closing';
  await page.reload();
  await page.locator('#delete').click();
  await page.getByText(/nothing is missing from you now/).waitFor();
  assert.equal((await remains(page)).session, 0);

  survey.round.state = 'open';
  await page.goto(survey.round.link(1));
  await page.locator('#start').click();
  await answer(page, { 1: 4 });
  survey.round.state = 'closed';
  survey.round.ahead = 11 * DAY;
  await page.reload();
  await page.getByText(/It is now deleted from this tab/).waitFor();
  assert.equal((await remains(page)).session, 0);
});

test('a device whose clock is behind does not take a closed round for one to come', async () => {
  const server = Date.now() + 30 * DAY;
  await survey.restart({ opensAt: server - 10 * DAY, closesAt: server - DAY, ahead: 30 * DAY });
  survey.round.state = 'closed';
  const page = await survey.tab();
  await page.goto(survey.round.link(0));
  assert.equal(await shows(page, 'closed', 'not-yet'), 'closed');
});

test('a device whose clock is ahead takes neither an open round nor one to come for a closed one', async () => {
  const server = Date.now() - 30 * DAY;
  await survey.restart({ opensAt: server - DAY, closesAt: server + 10 * DAY, ahead: -30 * DAY });
  const page = await survey.tab();
  await page.goto(survey.round.link(0).replace(/.{17}$/, '00000000000000000'));
  assert.equal(await shows(page, 'unknown', 'closed'), 'unknown');
  await begin(page, survey.round.link(0));
  await answer(page, { 1: 4 });
  await wake(page);
  survey.round.state = 'closing';
  await page.reload();
  await shows(page, 'closed');
  assert.equal(await drafts(page), 1, 'by the server’s clock answers may still arrive');

  await survey.restart({ opensAt: server + DAY, closesAt: server + 10 * DAY, ahead: -30 * DAY });
  survey.round.state = 'closing';
  const early = await survey.tab();
  await early.goto(survey.round.link(0));
  assert.equal(await shows(early, 'not-yet', 'closed'), 'not-yet');
});

test('without a date from the server the device’s clock has to do', async () => {
  await survey.restart({ opensAt: Date.now() + DAY });
  survey.round.state = 'closing';
  const page = await survey.tab();
  await page.route('**/w/**', async (route) => {
    const response = await route.fetch();
    const { date, ...headers } = response.headers();
    await route.fulfill({ response, headers });
  });
  await page.goto(survey.round.link(0));
  await shows(page, 'not-yet');
});

test('another person’s link waits until the answers are sent, and is offered then', async () => {
  const page = await survey.tab(PHONE);
  const end = await holdUp(page, 2, false);
  const first = survey.round.link(0);
  await begin(page, first);
  await answer(page, { 1: 4 });
  await page.locator('#send').click();
  await shows(page, 'sending');
  await page.evaluate((link) => location.assign(link), first);
  await page.waitForFunction(() => location.hash === '');
  assert.equal(await page.locator('#other-link').count(), 0, 'the same link once more is no other');
  await page.evaluate((link) => location.assign(link), survey.round.link(1));
  await page.locator('#other-link').getByText(/It waits until this sending has ended/).waitFor();
  assert.equal(new URL(page.url()).hash, '');
  assert.equal(await page.locator('#open-other').count(), 0);
  end();
  await shows(page, 'receipt');
  await page.locator('#receipt-code').waitFor();
  await page.locator('#open-other').click();
  await shows(page, 'promise');
  assert.equal(await page.locator('#other-link').count(), 0);
  await page.locator('#start').click();
  await answer(page, { 1: 2 });
  await send(page);
  assert.deepEqual((await survey.round.open()).map((ballot) => ballot.answers[0]).sort(), [2, 4]);
});

test('a reload after the receipt says that answers were sent, and keeps nothing of the person', async () => {
  const page = await survey.tab(PHONE);
  await begin(page, survey.round.link(0));
  await answer(page, { 1: 4 });
  await send(page);
  await page.reload();
  await shows(page, 'sent');
  assert.match(await text(page), /Your answers have been sent/);
  assert.deepEqual(await remains(page), { rows: 0, session: 0, local: 0, cookies: '' });
  assert.deepEqual(await page.evaluate(() => history.state), { step: 'sent' });

  await page.goBack();
  await page.reload();
  await shows(page, 'sent');
  await page.goForward();
  await page.reload();
  await shows(page, 'sent');
  await page.locator('#check-receipt').click();
  await shows(page, 'check');
  await page.reload();
  await page.locator('#enter-code').click();
  await shows(page, 'code');
  await page.goto(survey.round.link(1));
  await shows(page, 'promise');
});

test('the back button after the receipt does not lead a reload to the code either', async () => {
  const page = await survey.tab();
  await begin(page, survey.round.link(0));
  await answer(page, { 1: 4 });
  await send(page);
  await page.goBack();
  await shows(page, 'receipt');
  await page.reload();
  await shows(page, 'sent');
});

/** A browser that throws on these stores. */
async function without(page, ...stores) {
  await page.addInitScript((names) => {
    for (const name of names) {
      Object.defineProperty(globalThis, name, {
        get() {
          throw new DOMException('storage is off', 'SecurityError');
        },
      });
    }
  }, stores);
}

test('a browser that keeps nothing says so before the first statement and beside Send', async () => {
  const page = await survey.tab(PHONE);
  await without(page, 'indexedDB', 'sessionStorage', 'localStorage');
  await page.goto(survey.round.link(0));
  await shows(page, 'promise');
  assert.match(await page.locator('#storage').innerText(), /does not keep what you enter[\s\S]*leave the page open until the receipt/);
  await page.locator('#start').click();
  await answer(page, { 1: 4 });
  await page.locator('#storage').waitFor();
});

test('a browser that keeps only the entries, or everything, says no more than that', async () => {
  const some = await survey.tab();
  await without(some, 'indexedDB');
  await some.goto(survey.round.link(0));
  await shows(some, 'promise');
  assert.match(await some.locator('#storage').innerText(), /^Once you have pressed Send/);
  const all = await survey.tab();
  await all.goto(survey.round.link(1));
  await shows(all, 'promise');
  assert.equal(await all.locator('#storage').count(), 0);
});

for (const [name, kind, stage] of [
  ['before the right to answer', 2, /None of your answers has left this device/],
  ['after the right to answer', 3, /Your right to answer has been given\. That your answers have arrived is not confirmed yet/],
]) {
  test(`a connection lost ${name} says how far the answers have come`, async () => {
    const page = await survey.tab(PHONE);
    const end = await holdUp(page, kind, true);
    await begin(page, survey.round.link(0));
    await answer(page, { 1: 4 });
    await page.locator('#send').click();
    await page.locator('#waiting').waitFor();
    assert.match(await page.locator('#stage').innerText(), stage);
    assert.doesNotMatch(await text(page), /This takes a moment|are being sent/);
    await page.reload();
    await page.locator('#waiting').waitFor();
    assert.match(await page.locator('#stage').innerText(), stage, 'after a reload, too');
    end();
    await page.locator('#try-now').click();
    await shows(page, 'receipt');
    assert.match(await text(page), /Your answers have arrived/);
    assert.equal(survey.round.ballots.size, 1);
  });
}

test('a laptop that slept while the page was waiting tries again as soon as it wakes', async () => {
  const page = await survey.tab();
  await page.clock.install();
  await begin(page, survey.round.link(0));
  await answer(page, { 1: 4 });
  survey.round.busy = 1;
  survey.round.wait = 300;
  await page.locator('#send').click();
  await page.locator('#waiting').waitFor();
  await wake(page);
  assert.equal(survey.kinds().filter((kind) => kind === 2).length, 1, 'a busy server is not asked earlier than it said');
  await page.clock.setSystemTime(Date.now() + 3_600_000);
  await wake(page);
  await shows(page, 'receipt');
});

test('whoever waits for the connection keeps the focus and the place on the page, however often it is tried', async () => {
  const page = await survey.tab({ ...PHONE, viewport: { width: 360, height: 360 } });
  await page.clock.install();
  const end = await holdUp(page, 2, true);
  await begin(page, survey.round.link(0));
  await answer(page, { 1: 4 });
  await page.locator('#send').click();
  await page.locator('#waiting').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'title', 'the first time is told');
  await page.locator('#try-now').focus();
  await page.locator('#try-now').scrollIntoViewIfNeeded();
  const place = await page.evaluate(() => scrollY);
  for (let tries = survey.kinds().length; tries < 3; tries++) {
    const failed = page.waitForEvent('requestfailed');
    await page.clock.fastForward(40_000);
    await failed;
    await page.getByText(/^Next try in [1-9]/).waitFor();
  }
  assert.deepEqual(await page.evaluate(() => [document.activeElement?.id, scrollY]), ['try-now', place]);
  end();
  await page.keyboard.press('Enter');
  await shows(page, 'receipt');
});

test('a connection is tried at once when the page is seen again', async () => {
  const page = await survey.tab(PHONE);
  await page.addInitScript(() => {
    globalThis.setInterval = () => 0;
  });
  const end = await holdUp(page, 3, true);
  await begin(page, survey.round.link(0));
  await answer(page, { 1: 4 });
  await page.locator('#send').click();
  await page.locator('#waiting').waitFor();
  end();
  await page.waitForTimeout(1500);
  assert.equal(await shows(page, 'sending'), 'sending', 'the timers of a page that sleeps stand still');
  await wake(page);
  await shows(page, 'receipt');
});

test('a laptop that slept over the close finds out on waking, and the entries are still there', async () => {
  await survey.restart({ closesAt: Date.now() + 3_600_000 });
  const page = await survey.tab();
  await page.clock.install();
  await begin(page, survey.round.link(0));
  await page.locator('#statement-1-4').check();
  await wake(page);
  await shows(page, 'section');
  assert.deepEqual(survey.kinds(), [1], 'before the close nothing is asked');
  survey.round.ahead = 3_700_000;
  await page.clock.setSystemTime(Date.now() + 3_700_000);
  await wake(page);
  await page.waitForTimeout(300);
  await shows(page, 'section');
  survey.round.state = 'closing';
  await wake(page);
  await shows(page, 'closed');
  assert.match(await text(page), /was not sent from here and does not count/);
  assert.equal(await drafts(page), 1);
});

test('a round that was ended without a result says so, by link and by code, and that nothing is wrong with the person’s answer', async () => {
  const link = survey.round.link(0);
  survey.round.state = 'ended';
  const page = await survey.tab(PHONE);
  await page.goto(link);
  await shows(page, 'ended');
  assert.match(await text(page), /ended without a result[\s\S]*All answers are destroyed[\s\S]*Nothing is wrong with your link or with your answers/);
  assert.doesNotMatch(await text(page), /has closed|next round/);
  assert.equal((await remains(page)).session, 0);

  const typed = await survey.tab();
  await typed.goto(survey.round.base);
  await typed.getByLabel('Code from your mail').fill(survey.round.code(0));
  await typed.locator('#open').click();
  await typed.locator('#same').click();
  await shows(typed, 'ended');
  await typed.goto(survey.round.statusLink(0));
  await shows(typed, 'ended');
  await typed.goto(survey.round.base);
  await typed.locator('#check-receipt').click();
  await typed.getByLabel('Code of the receipt').fill('ABCDEFGHJKMNPQRS');
  await typed.locator('#check').click();
  assert.match(await typed.locator('#check-result').innerText(), /ended without a result.*there is no list/);
});

test('on the list of a round that was ended after its close a receipt is found as one that counts no more, and nobody is asked to object', async () => {
  const page = await survey.tab();
  await begin(page, survey.round.link(0));
  await answer(page, { 1: 4 });
  await page.locator('#send').click();
  await shows(page, 'receipt');
  const code = await page.locator('#receipt-code').innerText();
  Object.assign(survey.round, { state: 'ended', listStays: true });
  for (const [typed, said] of [[code, /was entry no\. 1 of 1 .* since been ended without a result: no answer counts/], ['ABCDEFGHJKMNPQRS', /is not on the list\. .* ended without a result/]]) {
    const check = await survey.tab();
    await check.goto(survey.round.base);
    await check.locator('#check-receipt').click();
    await check.getByLabel('Code of the receipt').fill(typed);
    await check.locator('#check').click();
    assert.match((await check.locator('#check-result').innerText()).replace(/\s+/g, ' '), said);
    assert.equal(await check.locator('#object').count(), 0);
  }
});

for (const [name, kind] of [
  ['before Send', 2],
  ['between the two requests', 3],
]) {
  test(`a round that is ended ${name} says that the answers count nowhere, and keeps nothing of them`, async () => {
    const page = await survey.tab(PHONE);
    const end = await holdUp(page, kind, false);
    await begin(page, survey.round.link(0));
    await answer(page, { 1: 4 });
    await page.locator('#send').click();
    await shows(page, 'sending');
    survey.round.state = 'ended';
    end();
    await shows(page, 'ended');
    assert.match(await text(page), /counts nowhere, like everybody’s answers/);
    assert.deepEqual(await remains(page), { rows: 0, session: 0, local: 0, cookies: '' });
  });
}

test('a browser that is full after the first request sends all the same, and finishes after a reload with the same right to answer', async () => {
  const page = await survey.tab();
  await page.addInitScript(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('no room', 'QuotaExceededError');
    };
  });
  const end = await holdUp(page, 3, true);
  await begin(page, survey.round.link(0));
  await answer(page, { 1: 4 });
  await page.locator('#send').click();
  await page.locator('#waiting').waitFor();
  assert.match(await text(page), /open your link again in this browser and it finishes by itself/);
  survey.round.state = 'closing';
  await page.reload();
  await page.locator('#waiting').waitFor();
  assert.ok(survey.kinds().filter((kind) => kind === 2).length >= 2, 'the right to answer is asked for once more, and is the same');
  end();
  await page.locator('#try-now').click();
  await shows(page, 'receipt');
  assert.equal(survey.round.ballots.size, 1);
  assert.equal((await remains(page)).rows, 0);
});

test('a right to answer for another group is called that, and nothing is sent', async () => {
  survey.round.issuedGroup = 2;
  const page = await survey.tab();
  await begin(page, survey.round.link(0));
  await answer(page, { 1: 4 });
  await page.locator('#send').click();
  await shows(page, 'keys');
  assert.match(await text(page), /The server named two different groups/);
  assert.doesNotMatch(await text(page), /changed the keys/);
  assert.deepEqual(survey.kinds(), [1, 2]);
});
