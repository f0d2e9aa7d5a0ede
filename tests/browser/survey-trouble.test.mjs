// What goes wrong on the way: clicks, tabs, devices, connections, storage, closing times. One person, one answer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DESK, PHONE, answer, begin, send, shows } from './browser.mjs';
import { remains, surveyFixture, text } from './survey-fixture.mjs';

const survey = surveyFixture();

test('a double click on Send sends once', async () => {
  const page = await survey.tab();
  await begin(page, survey.round.link(0));
  await answer(page, { 1: 4 });
  await page.locator('#send').dblclick();
  await shows(page, 'receipt');
  assert.deepEqual(survey.kinds(), [1, 2, 3]);
  assert.equal(survey.round.ballots.size, 1);
});

test('two tabs send once, and the other one says so', async () => {
  const context = await survey.device();
  const link = survey.round.link(0);
  const [first, second] = [await context.newPage(), await context.newPage()];
  for (const page of [first, second]) {
    await page.bringToFront();
    await begin(page, link);
    await answer(page, { 1: 4 });
  }
  await Promise.all([first, second].map((page) => page.evaluate(() => document.getElementById('send')?.click())));
  const seen = [await shows(first, 'receipt', 'elsewhere', 'used'), await shows(second, 'receipt', 'elsewhere', 'used')];
  assert.equal(seen.filter((name) => name === 'receipt').length, 1, seen.join(' '));
  assert.equal(survey.round.ballots.size, 1);
});

test('a tab that is still answering hears that another has sent', async () => {
  const context = await survey.device();
  const link = survey.round.link(0);
  const [first, second] = [await context.newPage(), await context.newPage()];
  await begin(second, link);
  await first.bringToFront();
  await begin(first, link);
  await answer(first, { 1: 4 });
  await send(first);
  await shows(second, 'elsewhere');
  assert.equal((await remains(second)).session, 0);
});

/** Breaks the n-th request of these kinds, once: before the server sees it, or after. */
async function breakConnection(page, kind, when) {
  let broken = false;
  await page.route('**/box', async (route) => {
    if (broken || route.request().postDataBuffer()?.[1] !== kind) return route.continue();
    broken = true;
    if (when === 'after') await route.fetch();
    return route.abort('connectionreset');
  });
}

for (const [name, kind, when] of [
  ['before the first request', 2, 'before'],
  ['after the first request', 2, 'after'],
  ['between the two requests', 3, 'before'],
  ['after the second request', 3, 'after'],
]) {
  test(`a connection lost ${name} loses nothing and doubles nothing`, async () => {
    const page = await survey.tab(PHONE);
    await breakConnection(page, kind, when);
    await begin(page, survey.round.link(0));
    await answer(page, { 1: 4 });
    await page.locator('#send').click();
    await page.getByRole('status').getByText('No connection').waitFor();
    await page.locator('#try-now').click();
    await shows(page, 'receipt');
    assert.equal(survey.round.ballots.size, 1);
  });

  test(`a page reloaded with the connection lost ${name} goes on by itself`, async () => {
    const page = await survey.tab(PHONE);
    await breakConnection(page, kind, when);
    await begin(page, survey.round.link(0));
    await answer(page, { 1: 4 });
    await page.locator('#send').click();
    await page.locator('#waiting').waitFor();
    assert.deepEqual(await page.evaluate(() => Object.keys(sessionStorage)), ['candor-link'], 'the answers are no longer in the clear');
    await page.reload();
    await shows(page, 'receipt');
    assert.equal(survey.round.ballots.size, 1);
    assert.equal((await remains(page)).session, 0);
  });

  test(`a page closed with the connection lost ${name} finishes when the link is opened again`, async () => {
    const context = await survey.device(PHONE);
    const link = survey.round.link(0);
    const page = await context.newPage();
    await breakConnection(page, kind, when);
    await begin(page, link);
    await answer(page, { 1: 4 });
    await page.locator('#send').click();
    await page.locator('#waiting').waitFor();
    await page.close();
    if (kind === 3) survey.round.state = 'closing';
    const again = await context.newPage();
    await again.goto(link);
    await shows(again, 'receipt');
    assert.equal(survey.round.ballots.size, 1);
    assert.equal((await remains(again)).rows, 0);
  });
}

test('the round is opened as soon as the connection is back', async () => {
  const page = await survey.tab();
  await page.route('**/round', (route) => route.abort('internetdisconnected'), { times: 1 });
  await page.goto(survey.round.link(0));
  await page.getByRole('status').getByText('No connection').waitFor();
  await shows(page, 'promise');
});

test('the sign-in page of a guest network is no attack', async () => {
  const page = await survey.tab();
  await page.route('**/round', (route) => route.fulfill({ status: 200, contentType: 'text/html', body: '<html>Welcome to the hotel</html>' }), { times: 1 });
  await page.goto(survey.round.link(0));
  await page.getByRole('status').getByText('No connection').waitFor();
  await page.locator('#try-now').click();
  await shows(page, 'promise');
});

test('a busy server is asked again', async () => {
  const page = await survey.tab();
  await begin(page, survey.round.link(0));
  await answer(page, { 1: 4 });
  survey.round.busy = 1;
  await page.locator('#send').click();
  await page.getByRole('status').getByText('The server is busy').waitFor();
  await shows(page, 'receipt');
  assert.equal(survey.round.ballots.size, 1);
});

test('a browser that keeps nothing says so and still sends', async () => {
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
  await breakConnection(page, 3, 'before');
  await begin(page, survey.round.link(0));
  await answer(page, { 1: 4 });
  await page.locator('#send').click();
  await page.getByText(/Do not close this page/).waitFor();
  await shows(page, 'receipt');
  assert.equal(survey.round.ballots.size, 1);
});

test('a second device with the same link is told that it was used', async () => {
  const link = survey.round.link(0);
  const [phone, desk] = [await survey.tab(PHONE), await survey.tab(DESK)];
  await begin(desk, link);
  await answer(desk, { 2: 2 });
  await begin(phone, link);
  await answer(phone, { 1: 4 });
  await send(phone);
  await desk.locator('#send').click();
  await shows(desk, 'used');
  assert.equal(survey.round.ballots.size, 1);
  assert.deepEqual((await remains(desk)).rows, 0);

  const third = await survey.tab();
  await third.goto(survey.round.link(0));
  await shows(third, 'used');
  assert.doesNotMatch(await text(third), /not sent to the end/);
});

test('a reminder opened where the first Send broke off points to the first link', async () => {
  const context = await survey.device();
  const page = await context.newPage();
  await page.route('**/box', (route) => (route.request().postDataBuffer()?.[1] === 3 ? route.abort() : route.continue()));
  await begin(page, survey.round.link(0));
  await answer(page, { 1: 4 });
  await page.locator('#send').click();
  await page.locator('#waiting').waitFor();
  await page.close();
  const again = await context.newPage();
  await again.goto(survey.round.link(0));
  await shows(again, 'used');
  assert.match(await text(again), /answers that were not sent to the end/);
});

test('a second card of a person whose first Send broke off points to the first one, and claims no answer', async () => {
  survey.round.cards = true;
  const context = await survey.device();
  const page = await context.newPage();
  await page.route('**/box', (route) => (route.request().postDataBuffer()?.[1] === 3 ? route.abort() : route.continue()));
  await begin(page, survey.round.link(0));
  await answer(page, { 1: 4 });
  await page.locator('#send').click();
  await page.locator('#waiting').waitFor();
  await page.close();
  const again = await context.newPage();
  await begin(again, survey.round.link(0));
  await answer(again, { 1: 2 });
  await again.locator('#send').click();
  await shows(again, 'used');
  assert.match(await text(again), /Sending was already begun for you[\s\S]*answers that were not sent to the end/);
  assert.doesNotMatch(await text(again), /Answers were already sent/);
});

test('a closed round says so calmly', async () => {
  survey.round.state = 'closed';
  const page = await survey.tab(PHONE);
  await page.goto(survey.round.link(0));
  await shows(page, 'closed');
  assert.doesNotMatch(await text(page), /changed the keys/);
});

test('a round that closes before Send arrives says that nothing was counted', async () => {
  const page = await survey.tab();
  await begin(page, survey.round.link(0));
  await answer(page, { 1: 4 });
  survey.round.state = 'closing';
  await page.locator('#send').click();
  await shows(page, 'closed');
  assert.match(await text(page), /not counted/);
});

test('a round that closes between the two requests does not claim what nobody knows', async () => {
  const page = await survey.tab();
  await begin(page, survey.round.link(0));
  await answer(page, { 1: 4 });
  await page.route('**/box', async (route) => {
    if (route.request().postDataBuffer()?.[1] === 3) {
      await route.fetch();
      survey.round.state = 'closed';
      return route.abort();
    }
    return route.continue();
  }, { times: 2 });
  await page.locator('#send').click();
  await shows(page, 'closed');
  const code = await page.locator('#receipt-code').innerText();
  await page.locator('#check-receipt').click();
  await page.getByLabel('Code of the receipt').fill(code);
  await page.locator('#check').click();
  await page.locator('#check-result.good').waitFor();
});

test('a round that has not opened names the day', async () => {
  await survey.restart({ opensAt: Date.now() + 86_400_000 });
  survey.round.state = 'closing';
  const page = await survey.tab();
  await page.goto(survey.round.link(0));
  await shows(page, 'not-yet');
});

test('an unknown link and an unknown round are told apart', async () => {
  const page = await survey.tab();
  await page.goto(survey.round.link(0).replace(/.{17}$/, '00000000000000000'));
  await shows(page, 'unknown');
  await page.goto(survey.round.base);
  await page.route('**/round', (route) => route.fulfill({ status: 404, body: '' }));
  await page.goto(survey.round.link(0));
  await shows(page, 'no-round');
});
