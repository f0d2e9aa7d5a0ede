// What people can check, and what the page refuses to believe.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { DESK, PHONE, answer, begin, send, shows, speak, speakUp } from './browser.mjs';
import { OUTSIDE, checkWords, writeCode } from './standin.mjs';
import { surveyFixture, text } from './survey-fixture.mjs';

const survey = surveyFixture();

/** The short code of a leaf that is written in hex. */
const shortCode = (leaf) => writeCode(Buffer.from(leaf.slice(0, 20), 'hex')).slice(0, 16).replace(/(.{4})(?=.)/g, '$1-');

/** Checks a receipt on the open page, by file or by code, and gives what the page says about it. */
async function check(page, { file, code = '' }) {
  await page.locator('#check-result, #error-summary').evaluateAll((old) => old.forEach((one) => one.remove()));
  await page.getByLabel('Code of the receipt').fill(code);
  if (file) await page.locator('#receipt-file').setInputFiles({ name: 'receipt.json', mimeType: 'application/json', buffer: Buffer.from(file) });
  await page.locator('#check').click();
  return page.locator('#check-result, #error-summary').innerText();
}

test('receipt, status and list fit together', async () => {
  const context = await survey.device({ ...DESK, acceptDownloads: true });
  const page = await context.newPage();
  await begin(page, survey.round.link(0));
  await answer(page, { 1: 4 });
  const code = await send(page);
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#save-receipt').click()]);
  assert.equal(download.suggestedFilename(), 'candor-receipt-2026-q4.json');
  const file = await readFile(await download.path(), 'utf8');
  assert.deepEqual(Object.keys(JSON.parse(file)), ['format', 'wave', 'manifest', 'leaf', 'signature']);

  await page.locator('#check-receipt').click();
  await shows(page, 'check');
  assert.match(await check(page, { code }), /not published yet/);

  survey.round.state = 'closed';
  const status = await context.newPage();
  await status.goto(survey.round.statusLink(0));
  await shows(status, 'status');
  assert.match(await text(status), /On record: answered\./);
  const found = await check(status, { code: code.toLowerCase() });
  assert.match(found, /^Yes\. Your answer is counted: it is entry no\. 1 of 1 on the public list\./);
  assert.match(found, /your device proved that the signature of the list covers it/);
  assert.match(found, /Invited: 44\. Began to send: 1\. Answers counted: 1\./);
  assert.match(found, /Objections are taken until \d/);
  const list = JSON.parse(await (await fetch(`${survey.round.base}board`)).text());
  assert.deepEqual(await status.locator('#check-result .check-words li').allInnerTexts(), checkWords(Buffer.from(list.root, 'hex'), 6));
  assert.match(await check(status, { file }), /^Yes\./);
  assert.match(await check(status, { file: '{}' }), /This file is not a receipt\./);
  assert.match(await check(status, { file: file.replace('2026-q4', '2026-q3') }), /belongs to another round/);
  assert.match(await check(status, { file: file.replace(/"leaf":"../, '"leaf":"00') }), /signature on this receipt/);
  assert.match(await check(status, { code: 'ABC' }), /16 letters and digits/);
  assert.match(await check(status, {}), /Choose a file or type the code/);
  assert.match(await check(status, { code: '0000000000000000' }), /No counted answer has this code/);

  const other = await survey.tab();
  await other.goto(survey.round.statusLink(1));
  await shows(other, 'status');
  assert.match(await text(other), /On record: not answered\./);

  survey.round.ballots.clear();
  assert.match(await check(status, { file }), /proves that an answer was lost/);
  assert.match(await text(status), /Objections are taken until \d.* at least/);
  const before = survey.round.requests.length;
  await status.locator('#object').click();
  await status.getByText('Your objection is counted.').waitFor();
  await status.getByText('Objections so far: 1.').waitFor();
  assert.deepEqual(survey.round.requests.slice(before), [[5, 0]], 'the objection is one request without a link');
  survey.round.addressesChanged = 2;
  survey.round.answerToObjections = 'A disk was full.';
  assert.match(await check(status, { file }), /“A disk was full\.”|A disk was full\./);
  assert.match(await text(status), /After the launch 2 mail addresses were changed/);
});

test('a receipt file is chosen by the page’s own button, in its language and by keyboard, and what was given last is looked for', async () => {
  survey.round.state = 'closed';
  const page = await survey.tab({ ...DESK, locale: 'de-DE' });
  await page.goto(survey.round.base);
  await page.locator('#check-receipt').click();
  await shows(page, 'check');
  assert.match(await text(page), /Datei auswählen\s+Noch keine Datei ausgewählt/);
  await page.locator('#choose-file').focus();
  const opened = page.waitForEvent('filechooser');
  // By then the browser knows that the test answers in place of its own dialog.
  await page.evaluate(() => 0);
  await page.keyboard.press('Enter');
  const chooser = await opened;
  await chooser.setFiles({ name: 'quittung.json', mimeType: 'application/json', buffer: Buffer.from('{}') });
  await page.locator('#receipt-name').getByText('quittung.json').waitFor();
  await speak(page, 'en');
  assert.equal(await page.locator('#receipt-name').innerText(), 'quittung.json', 'another language keeps it');
  await page.locator('#check').click();
  await page.getByText('This file is not a receipt.').waitFor();
  await page.locator('#error-summary a').click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'choose-file');
  await page.locator('#short-code').pressSequentially('0000000000000000');
  assert.equal(await page.locator('#receipt-name').innerText(), 'No file chosen yet');
  await page.locator('#check').click();
  await page.getByText(/No counted answer has this code/).waitFor();
});

test('a list of ten thousand is read while the page goes on, and the entry’s place in it is told', async () => {
  await survey.restart({ people: [0], groups: [{ label: 'All', unit: [], invited: 12_000, teams: [{ label: 'All', leaders: ['Ana Ortiz'] }] }] });
  const page = await survey.tab();
  await begin(page, survey.round.link(0));
  await answer(page, { 1: 4 });
  const code = await send(page);
  survey.round.others = Array.from({ length: 10_000 }, (_, i) => createHash('sha256').update(String(i)).digest());
  survey.round.state = 'closed';
  await page.locator('#check-receipt').click();
  const told = await check(page, { code });
  const list = JSON.parse(await (await fetch(`${survey.round.base}board`)).text());
  const place = list.leaves.findIndex((leaf) => shortCode(leaf) === code) + 1;
  assert.ok(place > 0);
  assert.ok(told.startsWith(`Yes. Your answer is counted: it is entry no. ${place} of 10001 on the public list.`), told);
});

test('the code of a closing mail leads to the status, too', async () => {
  survey.round.state = 'closed';
  const page = await survey.tab();
  await page.goto(survey.round.base);
  await page.getByLabel('Code from your mail').fill(survey.round.statusLink(1).split('.').at(-1));
  await page.locator('#open').click();
  await page.locator('#same').click();
  await shows(page, 'status');
});

test('a list that does not fit its signature is called what it is', async () => {
  survey.round.state = 'closed';
  survey.round.served.board = JSON.stringify({ format: 'candor-board/1', wave: '2026-q4', manifest: Buffer.from(survey.round.h).toString('hex'), invited: 44, issued: 0, spent: 0, root: '0'.repeat(64), signature: 'A'.repeat(86), leaves: [] });
  const page = await survey.tab();
  await page.goto(survey.round.base);
  await page.locator('#check-receipt').click();
  await page.getByLabel('Code of the receipt').fill('ABCDEFGHJKMNPQRS');
  await page.locator('#check').click();
  await shows(page, 'keys');
  assert.match(await text(page), /list of counted answers is not in order/);
  assert.doesNotMatch(await text(page), /changed the keys|Do not answer/);
});

test('a tagging issuer is found out before any answer leaves', async () => {
  survey.round.issuingKey = Uint8Array.from(survey.round.issuingKey, (byte, i) => (i === 0 ? byte ^ 1 : byte));
  const page = await survey.tab();
  await begin(page, survey.round.link(0));
  await answer(page, { 1: 4 });
  await page.locator('#send').click();
  await shows(page, 'keys');
  assert.match(await text(page), /Somebody changed the keys/);
  assert.deepEqual(survey.kinds(), [1, 2]);
});

test('the thresholds that a person reads are those of the round’s own promise', async () => {
  const read = async () => {
    const page = await survey.tab();
    await page.goto(survey.round.link(0));
    await shows(page, 'promise');
    const short = await text(page);
    await page.locator('#more').click();
    await shows(page, 'more');
    return { short, locks: await page.locator('#coarse').innerText(), all: await text(page), page };
  };
  const usual = await read();
  assert.match(usual.short, /never fewer than 5\./);
  assert.match(usual.locks, /one colleague answered.* any of 3 neighbouring ones or more/);
  assert.match(usual.all, /never fewer than 5.*numbers for 5 or more people/s);
  assert.match(await usual.page.locator('#results').innerText(), /all the others .* put their answers together/);

  await survey.restart({ promise: { k: 8, coalition: 2, min_range: 4 } });
  const strict = await read();
  assert.match(strict.short, /never fewer than 8\./);
  assert.match(strict.locks, /2 colleagues answered.* any of 4 neighbouring ones or more/);
  assert.match(strict.all, /never fewer than 8.*numbers for 8 or more people/s);
});

test('another promise, or other statements, than announced are refused', async () => {
  survey.round.served.manifest = Buffer.from(survey.round.manifestBytes.toString().replace('"k":5', '"k":4'));
  const page = await survey.tab();
  await page.goto(survey.round.link(0));
  await shows(page, 'keys');
  assert.match(await text(page), /not the promise that your link was made for[\s\S]*on another device[\s\S]*Do not answer here[\s\S]*tell your works council/);
  survey.round.served = { instrument: '{"items":[]}' };
  const second = await survey.tab();
  await second.goto(survey.round.link(0));
  await shows(second, 'altered');
  assert.deepEqual(survey.kinds(), []);
});

test('another program than announced is refused even when the page vouches for it', async () => {
  const page = await survey.tab();
  const program = `${await readFile(new URL('../../src/client/dist/client.js', import.meta.url), 'utf8')}\n`;
  const digest = createHash('sha256').update(program).digest('base64');
  survey.round.served['client.js'] = program;
  await page.route(survey.round.base, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace(/(client\.js" integrity=")[^"]*/, `$1sha256-${digest}`) });
  });
  await page.goto(survey.round.link(0));
  await shows(page, 'altered');
  const bare = await survey.tab();
  await bare.route(survey.round.base, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace(/(client\.js") integrity="[^"]*"/, '$1') });
  });
  await bare.goto(survey.round.link(0));
  await shows(bare, 'altered');
});

test('an altered program is blocked by the browser, and the shell says so', async () => {
  survey.round.served['client.js'] = 'alert(1)';
  const page = await survey.tab();
  await page.goto(survey.round.link(0));
  await speakUp(page);
  await page.getByText(/blocked or altered on its way/).waitFor();
});

test('without scripts the shell leads to another device', async () => {
  const page = await survey.tab({ ...DESK, javaScriptEnabled: false });
  await page.goto(survey.round.link(0));
  assert.match(await page.locator('body').innerText(), /This page needs JavaScript[\s\S]*Diese Seite braucht JavaScript/);
});

test('without https the page explains what is missing', async () => {
  const page = await survey.tab();
  await page.goto(survey.round.link(0).replace('127.0.0.1', 'insecure.test'));
  await shows(page, 'insecure');
  assert.match(await text(page), /only seal answers when the address starts with https[\s\S]*Nothing was sent\./);
  assert.deepEqual(survey.kinds(), []);
  assert.ok(!page.url().includes('#'), 'the link leaves the address all the same');
});

test('the link of the closing mail says where the round is, and leads to the result of the group once it is published', async () => {
  const page = await survey.tab(PHONE);
  const said = async (stage) => {
    Object.assign(survey.round, { state: 'closed', stage });
    await page.goto('about:blank');
    await page.goto(survey.round.statusLink(0));
    await shows(page, 'status');
    return [await page.locator('#title').innerText(), await text(page)];
  };
  const [closed, before] = await said(1);
  assert.equal(closed, 'The survey has closed');
  assert.match(before, /Nothing is opened before .+\. Until it is, you can look for your receipt below/);
  assert.match(before, /published on .+ at the earliest\. Once the result is published, this link or code leads to that of your group/);
  assert.match(before, /On record: not answered\./);
  assert.equal(await page.locator('#team-result').count(), 0);
  assert.equal((await said(2))[0], 'The answers have been opened');
  const [published, after] = await said(3);
  assert.equal(published, 'The result is published');
  assert.match(after, /all sealed answers are destroyed/);
  assert.equal(await page.locator('#team-result').getAttribute('href'), `/w/2026-q4/team/${Buffer.alloc(16, 2).toString('base64url')}`);

  await survey.restart({ promise: { audiences: { leaders: 'own-block', unit_leaders: 'sub-total', hr: 'all-blocks', team: false } } });
  assert.doesNotMatch((await said(1))[1], /this link or code leads/);
  assert.match((await said(3))[1], /groups themselves do not get their result/);
  assert.equal(await page.locator('#team-result').count(), 0);
});

test('after the publication the page says who still has to destroy the key, and where a round was ended, too', async () => {
  await survey.restart({ promise: OUTSIDE });
  const page = await survey.tab(PHONE);
  Object.assign(survey.round, { state: 'closed', stage: 3 });
  await page.goto(survey.round.statusLink(0));
  await shows(page, 'status');
  assert.match(await text(page), /The operator has destroyed all sealed answers; it is for Vera Albers to destroy the key\./);
  assert.doesNotMatch(await text(page), /The key and all sealed answers are destroyed/);
  survey.round.state = 'ended';
  for (const link of [survey.round.link(0), survey.round.statusLink(0)]) {
    await page.goto('about:blank');
    await page.goto(link);
    await shows(page, 'ended');
    assert.match(await text(page), /The operator destroys all answers, and Vera Albers the key to them\. Nobody was shown a number from them/);
  }
});

test('a promise that calls somebody outside the holder of the key, and leaves away who or with which key, is not read', async () => {
  for (const [lacking, where] of [[{ key_holder: undefined }, 'key_holder'], [{ trustee_key: null }, 'trustee_key'], [{ passphrase: true }, 'passphrase']]) {
    await survey.restart({ promise: { ...OUTSIDE, ...lacking } });
    const page = await survey.tab();
    await page.goto(survey.round.link(0));
    await shows(page, 'unsupported');
    assert.match(await text(page), new RegExp(`Where it stopped: manifest\\.${where}\\.`));
    assert.deepEqual(survey.kinds(), []);
  }
});

test('dates that have passed are not announced, and objecting is offered as long as nothing is opened', async () => {
  await survey.restart({ closesAt: Date.now() - 10 * 86_400_000 });
  survey.round.state = 'closed';
  const page = await survey.tab(PHONE);
  await page.goto(survey.round.statusLink(0));
  await shows(page, 'status');
  const said = await text(page);
  assert.match(said, /Until it is, you can look for your receipt below, and object/);
  assert.doesNotMatch(said, /at the earliest|Until \d/);
});
