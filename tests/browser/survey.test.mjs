// The way through the survey in Chromium, against a stand-in server that speaks the documented wire.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PHONE, answer, begin, send, shows } from './browser.mjs';
import { remains, surveyFixture, text } from './survey-fixture.mjs';

const survey = surveyFixture();

test('a person answers on a phone and the sealed answers are exactly what was chosen', async () => {
  const page = await survey.tab(PHONE);
  const urls = [];
  page.on('request', (request) => urls.push(request.url()));
  await page.goto(survey.round.link(0));
  await shows(page, 'promise');
  assert.equal(page.url(), survey.round.base, 'the link leaves the address at once');
  const promise = await text(page);
  assert.match(promise, /one of 12 people in Dispatch and Returns/);
  assert.match(promise, /another group under Logistics, never fewer than 5\./);
  assert.match(promise, /here Maren Vogt, Idris Bello,? and Jonas Lindqvist/);
  await page.locator('#more').click();
  await shows(page, 'more');
  assert.match(await text(page), /Dispatch: Maren Vogt and Idris Bello/);
  await page.locator('#verify').click();
  await shows(page, 'verify');
  for (const word of survey.round.waveWords) assert.ok((await text(page)).includes(word));
  await page.goBack();
  await shows(page, 'more');
  await page.locator('#back').click();
  await shows(page, 'promise');
  assert.deepEqual(survey.kinds(), [1], 'nothing but the group was asked for');
  assert.equal(urls.filter((url) => url.endsWith('/client.js')).length, 1, 'the program is loaded once');

  await page.locator('#start').click();
  await answer(page, { 1: 6, 2: 1, 3: 0, 10: 7 });
  await page.getByRole('radio', { name: /One level up: Logistics/ }).check();
  const code = await send(page);
  assert.match(code, /^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);

  assert.deepEqual(survey.kinds(), [1, 2, 3]);
  const [ballot] = await survey.round.open();
  assert.deepEqual([ballot.group, ballot.version, ballot.level], [1, 1, 1]);
  assert.deepEqual(ballot.answers, [6, 1, 255, 0, 0, 0, 0, 0, 0, 7, 0, 0]);
  assert.ok(ballot.rest.every((byte) => byte === 0));

  assert.ok(urls.every((url) => url.startsWith(survey.round.base) && !url.includes('#')), 'no other address, no fragment');
  assert.ok(survey.round.arrived.every(([, referrer, cookie]) => referrer === undefined && cookie === undefined), 'no referrer, no cookie');
  assert.deepEqual(await remains(page), { rows: 0, session: 0, local: 0, cookies: '' });
  await page.goBack();
  await page.goBack();
  assert.equal(await page.locator('main').getAttribute('data-page'), 'receipt', 'going back does not show the answers again');
});

test('a link with %23 in place of # opens, and so does one whose case was lowered', async () => {
  for (const change of [(link) => link.replace('#', '%23'), (link) => link.replace(/#.*/, (fragment) => fragment.toLowerCase())]) {
    const page = await survey.tab();
    await page.goto(change(survey.round.link(0)));
    await shows(page, 'promise');
    assert.equal(page.url(), survey.round.base);
  }
});

test('a typed code asks to compare the check words', async () => {
  const page = await survey.tab(PHONE);
  await page.goto(survey.round.base);
  await shows(page, 'code');
  const code = survey.round.code(0);
  const wrong = (code.startsWith('A') ? 'B' : 'A') + code.slice(1);
  await page.getByLabel('Code from your mail').fill(wrong);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('alert').getByText(/One of the characters is wrong/).waitFor();
  assert.deepEqual(survey.kinds(), [], 'a wrong code never leaves the browser');

  await page.getByLabel('Code from your mail').fill(code.toLowerCase().replaceAll('-', ' '));
  await page.getByRole('button', { name: 'Continue' }).click();
  await shows(page, 'compare');
  assert.deepEqual(await page.locator('.check-words li').allInnerTexts(), survey.round.waveWords);
  assert.deepEqual(survey.kinds(), [], 'nothing is asked before the words were compared');
  await page.locator('#same').click();
  await shows(page, 'promise');
});

test('a whole link pasted in place of the code opens, one of another round is told apart', async () => {
  const page = await survey.tab();
  await page.goto(survey.round.base);
  await page.getByLabel('Code from your mail').fill(survey.round.link(0).replace('/w/2026-q4/', '/w/2026-q3/'));
  await page.locator('#open').click();
  await page.getByRole('alert').getByText(/belongs to another round/).waitFor();
  await page.getByLabel('Code from your mail').fill(survey.round.link(0));
  await page.locator('#open').click();
  await shows(page, 'promise');
});

test('a tab that held a link of an earlier round asks for the code of this one', async () => {
  const page = await survey.tab();
  await page.addInitScript(() => sessionStorage.setItem('candor-link', JSON.stringify(['2026-q3', 'answer', 'A'.repeat(43), '00000000000000000'])));
  await page.goto(survey.round.base);
  await shows(page, 'code');
});

test('other check words end in the warning', async () => {
  const page = await survey.tab();
  await page.goto(survey.round.base);
  await page.getByLabel('Code from your mail').fill(survey.round.code(0));
  await page.locator('#open').click();
  await shows(page, 'compare');
  await page.locator('#different').click();
  await shows(page, 'keys');
});

test('a damaged link leads to the code', async () => {
  const page = await survey.tab();
  await page.goto(survey.round.link(0).slice(0, -6));
  await shows(page, 'code');
  assert.match(await text(page), /arrived incomplete/);
});

test('a link with one damaged character leads to the code as well, and nobody is accused of anything', async () => {
  const page = await survey.tab();
  const [, hash, , code] = survey.round.link(0).split('#')[1].split('.');
  const other = hash[20].toLowerCase() === 'a' ? 'b' : 'a';
  await page.goto(survey.round.link(0).replace(hash, hash.slice(0, 20) + other + hash.slice(21)));
  await shows(page, 'code');
  assert.match(await text(page), /arrived incomplete/);
  assert.deepEqual(survey.kinds(), []);
  await page.getByLabel('Code from your mail').fill(code);
  await page.locator('#open').click();
  await page.locator('#same').click();
  await shows(page, 'promise');
});

test('a link of an earlier version is read', async () => {
  const page = await survey.tab();
  await page.goto(survey.round.link(0).replace(/#v2\.(.*)\...\./, '#v1.$1.'));
  await shows(page, 'promise');
});

test('the back button, a reload and the other language keep the answers', async () => {
  const page = await survey.tab();
  await begin(page, survey.round.link(0));
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
  const [ballot] = await survey.round.open();
  assert.deepEqual(ballot.answers.slice(0, 6), [3, 0, 0, 0, 6, 0]);
});

test('another link in the same tab finds no draft of the first', async () => {
  const page = await survey.tab();
  await begin(page, survey.round.link(0));
  await page.locator('#statement-1-3').check();
  await page.goto(survey.round.link(1));
  await shows(page, 'promise');
  await page.locator('#start').click();
  assert.equal(await page.locator('input[type=radio]:checked').count(), 0);
});

test('Send needs one answer, and an answer can be cleared', async () => {
  const page = await survey.tab();
  await begin(page, survey.round.link(0));
  await page.locator('#statement-1-3').check();
  await page.locator('#statement-1-clear').click();
  await page.locator('#early').click();
  await page.locator('#send').click();
  await page.getByRole('alert').getByText('Answer at least one statement.').waitFor();
  assert.deepEqual(survey.kinds(), [1]);
});

test('stopping deletes what was entered', async () => {
  const page = await survey.tab();
  await begin(page, survey.round.link(0));
  await page.locator('#statement-1-3').check();
  await page.locator('#leave').click();
  await shows(page, 'left');
  assert.equal((await remains(page)).session, 0);
});

test('the list of all groups can be checked from the promise', async () => {
  const page = await survey.tab();
  await page.goto(survey.round.link(0));
  await page.locator('#verify').click();
  await page.locator('#check-groups').click();
  await page.getByText('The list holds: 3 groups with 44 people').waitFor();
});

test('a group directly under the organisation offers no unit', async () => {
  const page = await survey.tab();
  await begin(page, survey.round.link(3));
  await page.locator('#early').click();
  assert.deepEqual(await page.getByRole('radio').evaluateAll((radios) => radios.map((radio) => radio.id)), ['level-0', 'level-2']);
});
