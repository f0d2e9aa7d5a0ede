// The survey page in Chromium, against a stand-in server that speaks the documented wire.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { DESK, PHONE, answer, begin, launch, send, shows } from './browser.mjs';
import { startStandIn } from './standin.mjs';

let browser;
let round;
let contexts = [];

before(async () => {
  browser = await launch();
});
after(() => browser.close());
beforeEach(async () => {
  round = await startStandIn();
});
afterEach(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  contexts = [];
  await round.stop();
});

/** A fresh device: its own storage, and no request to any other origin. */
async function device(options = DESK) {
  const context = await browser.newContext(options);
  contexts.push(context);
  return context;
}

async function tab(options) {
  return (await device(options)).newPage();
}

const kinds = () => round.requests.map(([kind]) => kind);
const text = (page) => page.locator('main').innerText();

/** What a browser still holds after a visit. */
async function remains(page) {
  return page.evaluate(async () => {
    const database = await new Promise((resolve, reject) => {
      const request = indexedDB.open('candor');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const rows = database.objectStoreNames.contains('sending')
      ? await new Promise((resolve) => {
          const request = database.transaction('sending').objectStore('sending').getAll();
          request.onsuccess = () => resolve(request.result.length);
        })
      : 0;
    database.close();
    return { rows, session: sessionStorage.length, local: localStorage.length, cookies: document.cookie };
  });
}

test('a person answers on a phone and the sealed answers are exactly what was chosen', async () => {
  const page = await tab(PHONE);
  const urls = [];
  page.on('request', (request) => urls.push(request.url()));
  await page.goto(round.link(0));
  await shows(page, 'promise');
  assert.equal(page.url(), round.base, 'the link leaves the address at once');
  const promise = await text(page);
  assert.match(promise, /one of 12 people in Dispatch and Returns/);
  assert.match(promise, /another group under Logistics, never fewer than 5\./);
  assert.match(promise, /Dispatch: Maren Vogt and Idris Bello/);
  for (const word of round.waveWords) assert.ok(promise.includes(word));
  assert.deepEqual(kinds(), [1], 'nothing but the group was asked for');

  await page.locator('#start').click();
  await answer(page, { 1: 6, 2: 1, 3: 0, 10: 7 });
  await page.getByRole('radio', { name: /One level up: Logistics/ }).check();
  const code = await send(page);
  assert.match(code, /^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);

  assert.deepEqual(kinds(), [1, 2, 3]);
  const [ballot] = await round.open();
  assert.deepEqual([ballot.group, ballot.version, ballot.level], [1, 1, 1]);
  assert.deepEqual(ballot.answers, [6, 1, 255, 0, 0, 0, 0, 0, 0, 7, 0, 0]);
  assert.ok(ballot.rest.every((byte) => byte === 0));

  assert.ok(urls.every((url) => url.startsWith(round.base) && !url.includes('#')), 'no other address, no fragment');
  assert.ok(round.arrived.every(([, referrer, cookie]) => referrer === undefined && cookie === undefined), 'no referrer, no cookie');
  assert.deepEqual(await remains(page), { rows: 0, session: 0, local: 0, cookies: '' });
  await page.goBack();
  await page.goBack();
  assert.equal(await page.locator('main').getAttribute('data-page'), 'receipt', 'going back does not show the answers again');
});

test('a person answers with the keyboard alone', async () => {
  const page = await tab();
  await page.goto(round.link(2));
  await shows(page, 'promise');
  await page.locator('#start').focus();
  await page.keyboard.press('Enter');
  await shows(page, 'section');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'title', 'the focus is at the title of the new page');
  for (let section = 0; section < 3; section++) {
    for (let i = 0; i < 4; i++) {
      // From the title over the first statement's radios; a radio group is one stop.
      do await page.keyboard.press('Tab');
      while (!(await page.evaluate(() => document.activeElement?.matches('input[type=radio]:not(:checked)'))));
      await page.keyboard.press(String(section * 2 + 1));
    }
    do await page.keyboard.press('Tab');
    while (!(await page.evaluate(() => document.activeElement?.id === 'next')));
    await page.keyboard.press('Enter');
  }
  await shows(page, 'review');
  await page.locator('#send').focus();
  await page.keyboard.press('Enter');
  await shows(page, 'receipt');
  const [ballot] = await round.open();
  assert.deepEqual(ballot.answers, [1, 1, 1, 1, 3, 3, 3, 3, 5, 5, 5, 5]);
});

test('a link with %23 in place of # opens, and so does one whose case was lowered', async () => {
  for (const change of [(link) => link.replace('#', '%23'), (link) => link.replace(/#.*/, (fragment) => fragment.toLowerCase())]) {
    const page = await tab();
    await page.goto(change(round.link(0)));
    await shows(page, 'promise');
    assert.equal(page.url(), round.base);
  }
});

test('a typed code asks to compare the check words', async () => {
  const page = await tab(PHONE);
  await page.goto(round.base);
  await shows(page, 'code');
  const code = round.code(0);
  const wrong = (code.startsWith('A') ? 'B' : 'A') + code.slice(1);
  await page.getByLabel('Code from your mail').fill(wrong);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('alert').getByText(/One of the characters is wrong/).waitFor();
  assert.deepEqual(kinds(), [], 'a wrong code never leaves the browser');

  await page.getByLabel('Code from your mail').fill(code.toLowerCase().replaceAll('-', ' '));
  await page.getByRole('button', { name: 'Continue' }).click();
  await shows(page, 'compare');
  assert.deepEqual(await page.locator('.check-words li').allInnerTexts(), round.waveWords);
  assert.deepEqual(kinds(), [], 'nothing is asked before the words were compared');
  await page.locator('#same').click();
  await shows(page, 'promise');
});

test('other check words end in the warning', async () => {
  const page = await tab();
  await page.goto(round.base);
  await page.getByLabel('Code from your mail').fill(round.code(0));
  await page.locator('#open').click();
  await shows(page, 'compare');
  await page.locator('#different').click();
  await shows(page, 'keys');
});

test('a damaged link leads to the code', async () => {
  const page = await tab();
  await page.goto(round.link(0).slice(0, -6));
  await shows(page, 'code');
  assert.match(await text(page), /arrived incomplete/);
});

test('a double click on Send sends once', async () => {
  const page = await tab();
  await begin(page, round.link(0));
  await answer(page, { 1: 4 });
  await page.locator('#send').dblclick();
  await shows(page, 'receipt');
  assert.deepEqual(kinds(), [1, 2, 3]);
  assert.equal(round.ballots.size, 1);
});

test('two tabs send once, and the other one says so', async () => {
  const context = await device();
  const link = round.link(0);
  const [first, second] = [await context.newPage(), await context.newPage()];
  for (const page of [first, second]) {
    await page.bringToFront();
    await begin(page, link);
    await answer(page, { 1: 4 });
  }
  await Promise.all([first, second].map((page) => page.evaluate(() => document.getElementById('send')?.click())));
  const seen = [await shows(first, 'receipt', 'elsewhere', 'used'), await shows(second, 'receipt', 'elsewhere', 'used')];
  assert.equal(seen.filter((name) => name === 'receipt').length, 1, seen.join(' '));
  assert.equal(round.ballots.size, 1);
});

test('a tab that is still answering hears that another has sent', async () => {
  const context = await device();
  const link = round.link(0);
  const [first, second] = [await context.newPage(), await context.newPage()];
  await begin(second, link);
  await first.bringToFront();
  await begin(first, link);
  await answer(first, { 1: 4 });
  await send(first);
  await shows(second, 'elsewhere');
  assert.equal((await remains(second)).session, 0);
});

test('the back button, a reload and the other language keep the answers', async () => {
  const page = await tab();
  await begin(page, round.link(0));
  await page.locator('#statement-1-3').check();
  await page.locator('#next').click();
  await page.locator('#statement-5-2').check();
  await page.goBack();
  await page.locator('#statement-1-3').waitFor();
  assert.ok(await page.locator('#statement-1-3').isChecked());
  await page.goForward();
  await page.locator('#statement-5-2').waitFor();
  await page.reload();
  await shows(page, 'section');
  assert.ok(await page.locator('#statement-5-2').isChecked(), 'the same section after a reload');
  await page.getByRole('button', { name: 'Deutsch' }).click();
  await page.getByRole('heading', { name: 'Abschnitt 2 von 3' }).waitFor();
  assert.ok(await page.locator('#statement-5-2').isChecked());
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'de');
  await page.locator('#early').click();
  assert.match(await text(page), /2 von 12 Aussagen beantwortet/);
  await page.getByRole('button', { name: 'Antwort auf Aussage 5 ändern' }).click();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'statement-5-2');
  await page.keyboard.press('6');
  await page.getByRole('button', { name: 'Zurück zur Übersicht' }).click();
  await page.locator('#send').click();
  await shows(page, 'receipt');
  const [ballot] = await round.open();
  assert.deepEqual(ballot.answers.slice(0, 6), [3, 0, 0, 0, 6, 0]);
});

test('another link in the same tab finds no draft of the first', async () => {
  const page = await tab();
  await begin(page, round.link(0));
  await page.locator('#statement-1-3').check();
  await page.goto(round.link(1));
  await shows(page, 'promise');
  await page.locator('#start').click();
  assert.equal(await page.locator('input:checked').count(), 0);
});

test('Send needs one answer, and an answer can be cleared', async () => {
  const page = await tab();
  await begin(page, round.link(0));
  await page.locator('#statement-1-3').check();
  await page.locator('#statement-1-clear').click();
  await page.locator('#early').click();
  await page.locator('#send').click();
  await page.getByRole('alert').getByText('Answer at least one statement.').waitFor();
  assert.deepEqual(kinds(), [1]);
});

test('stopping deletes what was entered', async () => {
  const page = await tab();
  await begin(page, round.link(0));
  await page.locator('#statement-1-3').check();
  await page.locator('#leave').click();
  await shows(page, 'left');
  assert.equal((await remains(page)).session, 0);
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
    const page = await tab(PHONE);
    await breakConnection(page, kind, when);
    await begin(page, round.link(0));
    await answer(page, { 1: 4 });
    await page.locator('#send').click();
    await page.getByRole('status').getByText('No connection').waitFor();
    await page.locator('#try-now').click();
    await shows(page, 'receipt');
    assert.equal(round.ballots.size, 1);
  });

  test(`a page reloaded with the connection lost ${name} goes on by itself`, async () => {
    const page = await tab(PHONE);
    await breakConnection(page, kind, when);
    await begin(page, round.link(0));
    await answer(page, { 1: 4 });
    await page.locator('#send').click();
    await page.locator('#waiting').waitFor();
    assert.deepEqual(await page.evaluate(() => Object.keys(sessionStorage)), ['candor-link'], 'the answers are no longer in the clear');
    await page.reload();
    await shows(page, 'receipt');
    assert.equal(round.ballots.size, 1);
    assert.equal((await remains(page)).session, 0);
  });

  test(`a page closed with the connection lost ${name} finishes when the link is opened again`, async () => {
    const context = await device(PHONE);
    const link = round.link(0);
    const page = await context.newPage();
    await breakConnection(page, kind, when);
    await begin(page, link);
    await answer(page, { 1: 4 });
    await page.locator('#send').click();
    await page.locator('#waiting').waitFor();
    await page.close();
    if (kind === 3) round.state = 'closing';
    const again = await context.newPage();
    await again.goto(link);
    await shows(again, 'receipt');
    assert.equal(round.ballots.size, 1);
    assert.equal((await remains(again)).rows, 0);
  });
}

test('the round is opened as soon as the connection is back', async () => {
  const page = await tab();
  await page.route('**/manifest', (route) => route.abort('internetdisconnected'), { times: 1 });
  await page.goto(round.link(0));
  await page.getByRole('status').getByText('No connection').waitFor();
  await shows(page, 'promise');
});

test('the sign-in page of a guest network is no attack', async () => {
  const page = await tab();
  await page.route('**/manifest', (route) => route.fulfill({ status: 200, contentType: 'text/html', body: '<html>Welcome to the hotel</html>' }), { times: 1 });
  await page.goto(round.link(0));
  await page.getByRole('status').getByText('No connection').waitFor();
  await page.locator('#try-now').click();
  await shows(page, 'promise');
});

test('a busy server is asked again', async () => {
  const page = await tab();
  await begin(page, round.link(0));
  await answer(page, { 1: 4 });
  round.busy = 1;
  await page.locator('#send').click();
  await page.getByRole('status').getByText('The server is busy').waitFor();
  await shows(page, 'receipt');
  assert.equal(round.ballots.size, 1);
});

test('a browser that keeps nothing says so and still sends', async () => {
  const page = await tab();
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
  await begin(page, round.link(0));
  await answer(page, { 1: 4 });
  await page.locator('#send').click();
  await page.getByText(/Do not close this page/).waitFor();
  await shows(page, 'receipt');
  assert.equal(round.ballots.size, 1);
});

test('a second device with the same link is told that it was used', async () => {
  const link = round.link(0);
  const [phone, desk] = [await tab(PHONE), await tab(DESK)];
  await begin(desk, link);
  await answer(desk, { 2: 2 });
  await begin(phone, link);
  await answer(phone, { 1: 4 });
  await send(phone);
  await desk.locator('#send').click();
  await shows(desk, 'used');
  assert.equal(round.ballots.size, 1);
  assert.deepEqual((await remains(desk)).rows, 0);

  const third = await tab();
  await third.goto(round.link(0));
  await shows(third, 'used');
  assert.doesNotMatch(await text(third), /not sent to the end/);
});

test('a reminder opened where the first Send broke off points to the first link', async () => {
  const context = await device();
  const page = await context.newPage();
  await page.route('**/box', (route) => (route.request().postDataBuffer()?.[1] === 3 ? route.abort() : route.continue()));
  await begin(page, round.link(0));
  await answer(page, { 1: 4 });
  await page.locator('#send').click();
  await page.locator('#waiting').waitFor();
  await page.close();
  const again = await context.newPage();
  await again.goto(round.link(0));
  await shows(again, 'used');
  assert.match(await text(again), /answers that were not sent to the end/);
});

test('a closed round says so calmly', async () => {
  round.state = 'closed';
  const page = await tab(PHONE);
  await page.goto(round.link(0));
  await shows(page, 'closed');
  assert.doesNotMatch(await text(page), /changed the keys/);
});

test('a round that closes before Send arrives says that nothing was counted', async () => {
  const page = await tab();
  await begin(page, round.link(0));
  await answer(page, { 1: 4 });
  round.state = 'closing';
  await page.locator('#send').click();
  await shows(page, 'closed');
  assert.match(await text(page), /not counted/);
});

test('a round that closes between the two requests does not claim what nobody knows', async () => {
  const page = await tab();
  await begin(page, round.link(0));
  await answer(page, { 1: 4 });
  await page.route('**/box', async (route) => {
    if (route.request().postDataBuffer()?.[1] === 3) {
      await route.fetch();
      round.state = 'closed';
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
  await round.stop();
  round = await startStandIn({ opensAt: Date.now() + 86_400_000 });
  round.state = 'closing';
  const page = await tab();
  await page.goto(round.link(0));
  await shows(page, 'not-yet');
});

test('an unknown link and an unknown round are told apart', async () => {
  const page = await tab();
  await page.goto(round.link(0).replace(/.{17}$/, '00000000000000000'));
  await shows(page, 'unknown');
  await page.goto(round.base);
  await page.route('**/manifest', (route) => route.fulfill({ status: 404, body: '' }));
  await page.goto(round.link(0));
  await shows(page, 'no-round');
});

/** Checks a receipt on the open page, by file or by code, and gives what the page says about it. */
async function check(page, { file, code = '' }) {
  await page.locator('#check-result, #error-summary').evaluateAll((old) => old.forEach((one) => one.remove()));
  await page.getByLabel('Code of the receipt').fill(code);
  if (file) await page.getByLabel('Saved receipt').setInputFiles({ name: 'receipt.json', mimeType: 'application/json', buffer: Buffer.from(file) });
  await page.locator('#check').click();
  return page.locator('#check-result, #error-summary').innerText();
}

test('receipt, status and list fit together', async () => {
  const context = await device({ ...DESK, acceptDownloads: true });
  const page = await context.newPage();
  await begin(page, round.link(0));
  await answer(page, { 1: 4 });
  const code = await send(page);
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#save-receipt').click()]);
  assert.equal(download.suggestedFilename(), 'candor-receipt-2026-q4.json');
  const file = await readFile(await download.path(), 'utf8');
  assert.deepEqual(Object.keys(JSON.parse(file)), ['format', 'wave', 'manifest', 'leaf', 'signature']);

  await page.locator('#check-receipt').click();
  await shows(page, 'check');
  assert.match(await check(page, { code }), /not published yet/);

  round.state = 'closed';
  const status = await context.newPage();
  await status.goto(round.statusLink(0));
  await shows(status, 'status');
  assert.match(await text(status), /We hold: answered\./);
  assert.match(await check(status, { code: code.toLowerCase() }), /^Yes\./);
  assert.match(await check(status, { file }), /^Yes\./);
  assert.match(await check(status, { file: '{}' }), /This file is not a receipt\./);
  assert.match(await check(status, { file: file.replace('2026-q4', '2026-q3') }), /belongs to another round/);
  assert.match(await check(status, { file: file.replace(/"leaf":"../, '"leaf":"00') }), /signature on this receipt/);
  assert.match(await check(status, { code: 'ABC' }), /16 letters and digits/);
  assert.match(await check(status, {}), /Choose a file or type the code/);
  assert.match(await check(status, { code: '0000000000000000' }), /No counted answer has this code/);

  const other = await tab();
  await other.goto(round.statusLink(1));
  await shows(other, 'status');
  assert.match(await text(other), /We hold: not answered\./);

  round.ballots.clear();
  assert.match(await check(status, { file }), /proves that an answer was lost/);
});

test('the code of a closing mail leads to the status, too', async () => {
  round.state = 'closed';
  const page = await tab();
  await page.goto(round.base);
  await page.getByLabel('Code from your mail').fill(round.statusLink(1).split('.').at(-1));
  await page.locator('#open').click();
  await page.locator('#same').click();
  await shows(page, 'status');
});

test('a list that does not fit its signature is called what it is', async () => {
  round.state = 'closed';
  round.served.board = JSON.stringify({ format: 'candor-board/1', wave: '2026-q4', manifest: Buffer.from(round.h).toString('hex'), invited: 44, issued: 0, spent: 0, root: '0'.repeat(64), signature: 'A'.repeat(86), leaves: [] });
  const page = await tab();
  await page.goto(round.base);
  await page.locator('#check-receipt').click();
  await page.getByLabel('Code of the receipt').fill('ABCDEFGHJKMNPQRS');
  await page.locator('#check').click();
  await shows(page, 'keys');
});

test('a tagging issuer is found out before any answer leaves', async () => {
  round.issuingKey = Uint8Array.from(round.issuingKey, (byte, i) => (i === 0 ? byte ^ 1 : byte));
  const page = await tab();
  await begin(page, round.link(0));
  await answer(page, { 1: 4 });
  await page.locator('#send').click();
  await shows(page, 'keys');
  assert.deepEqual(kinds(), [1, 2]);
});

test('another promise, or other statements, than announced are refused', async () => {
  round.served.manifest = Buffer.from(round.manifestBytes.toString().replace('"k":5', '"k":4'));
  const page = await tab();
  await page.goto(round.link(0));
  await shows(page, 'keys');
  round.served = { instrument: '{"items":[]}' };
  const second = await tab();
  await second.goto(round.link(0));
  await shows(second, 'altered');
  assert.deepEqual(kinds(), []);
});

test('an altered program is blocked by the browser, and the shell says so', async () => {
  round.served['client.js'] = 'alert(1)';
  const page = await tab();
  await page.goto(round.link(0));
  await page.getByText(/blocked or altered on its way/).waitFor({ timeout: 8000 });
});

test('without scripts the shell leads to another device', async () => {
  const page = await tab({ ...DESK, javaScriptEnabled: false });
  await page.goto(round.link(0));
  assert.match(await page.locator('body').innerText(), /This page needs JavaScript[\s\S]*Diese Seite braucht JavaScript/);
});

test('without https the page explains what is missing', async () => {
  const page = await tab();
  await page.goto(round.link(0).replace('127.0.0.1', 'insecure.test'));
  await shows(page, 'insecure');
});

test('the list of all groups can be checked from the promise', async () => {
  const page = await tab();
  await page.goto(round.link(0));
  await page.locator('#check-groups').click();
  await page.getByText('The list holds: 3 groups with 44 people').waitFor();
});

test('a group directly under the organisation offers no unit', async () => {
  const page = await tab();
  await begin(page, round.link(3));
  await page.locator('#early').click();
  assert.deepEqual(await page.getByRole('radio').evaluateAll((radios) => radios.map((radio) => radio.id)), ['level-0', 'level-2']);
});

test('a running demo takes an answer', { skip: !process.env.CANDOR_DEMO_LINK && 'set CANDOR_DEMO_LINK to a personal link' }, async () => {
  const page = await tab(PHONE);
  await begin(page, process.env.CANDOR_DEMO_LINK);
  await answer(page, { 1: 6, 2: 5, 3: 0 });
  assert.match(await send(page), /^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
});
