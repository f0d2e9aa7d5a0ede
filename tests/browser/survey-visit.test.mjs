// What a visit asks for, and the page's own words: two files per language, each fetched when it is needed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answer, begin, send, shows, speak } from './browser.mjs';
import { surveyFixture, text } from './survey-fixture.mjs';

const survey = surveyFixture();

/** A tab that notes what it asks for, below the address of the round. */
async function noting(options) {
  const page = await survey.tab(options);
  const asked = [];
  page.on('request', (request) => asked.push(request.url().replace(survey.round.base, '').replace(/#.*/, '')));
  return { page, asked };
}

for (const locale of ['en-GB', 'de-CH']) {
  test(`a first visit in ${locale} takes five requests`, async () => {
    const { page, asked } = await noting({ locale });
    await page.goto(survey.round.link(0));
    await shows(page, 'promise');
    const words = `words/${locale.slice(0, 2)}`;
    assert.deepEqual([...asked].sort(), ['', 'box', 'client.js', 'round', words].sort());
  });
}

test('another language is fetched once, and the answers stay', async () => {
  const { page, asked } = await noting();
  await begin(page, survey.round.link(0));
  await answer(page, { 1: 5 });
  for (const language of ['de', 'en', 'de']) {
    await speak(page, language);
    assert.equal(await page.evaluate(() => document.activeElement?.id), `language-${language}`);
  }
  assert.equal(asked.filter((path) => path === 'words/de').length, 1);
  await send(page);
  await shows(page, 'receipt');
  assert.deepEqual((await survey.round.open()).map(({ answers }) => answers[0]), [5]);
});

test('a language that cannot be fetched leaves the page as it is, and says so', async () => {
  const { page } = await noting();
  await begin(page, survey.round.link(0));
  await answer(page, { 1: 5 });
  await page.route('**/words/de', (route) => route.abort('internetdisconnected'), { times: 1 });
  await page.locator('#language-de').click();
  await page.locator('#language-missing').waitFor();
  assert.match(await page.locator('#language-missing').innerText(), /^Deutsch cannot be fetched at the moment\. The page stays as it is, and nothing is lost\./);
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  assert.equal(await page.locator('#language-en').getAttribute('aria-pressed'), 'true');
  await speak(page, 'de');
  assert.equal(await page.locator('#language-missing').count(), 0);
});

test('words that are not the announced ones end the visit, at its begin and later', async () => {
  survey.round.served['words/de'] = '{"promise.title":"Schreiben Sie hier Ihren Namen"}';
  const { page } = await noting();
  await begin(page, survey.round.link(0));
  await page.locator('#language-de').click();
  await shows(page, 'altered');
  assert.match(await text(page), /^This page is not what was announced\s+The words of this page are not those that its program was made with\./);
  const other = await noting({ locale: 'de-CH' });
  await other.page.goto(survey.round.link(1));
  await shows(other.page, 'altered');
  assert.match(await text(other.page), /^Diese Seite ist nicht das, was angekündigt war\s+Die Texte dieser Seite sind nicht die/);
});

test('words that do not arrive are asked for again, and the page says in the right language that it waits', async () => {
  const { page } = await noting({ locale: 'de-CH' });
  await page.route('**/words/de', (route) => route.abort('internetdisconnected'), { times: 2 });
  await page.goto(survey.round.link(0));
  await page.locator('#waiting').waitFor();
  assert.match(await text(page), /^Einen Moment\s+Keine Verbindung/);
  await page.locator('#try-now').click();
  await shows(page, 'promise');
});

test('a reader of a language that is not offered gets the first one of the round, without a detour', async () => {
  const { page, asked } = await noting({ locale: 'fr-FR' });
  await page.goto(survey.round.link(0));
  await shows(page, 'promise');
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  assert.deepEqual(asked.filter((path) => path.startsWith('words/')), ['words/en']);
});

test('what only the page on how to check says is fetched when somebody opens it, and until it is here the way back is', async () => {
  const { page, asked } = await noting();
  await begin(page, survey.round.link(0));
  await answer(page, { 1: 5 });
  assert.deepEqual(asked.filter((path) => path.startsWith('later/')), []);
  await page.locator('#more').click();
  await shows(page, 'more');
  let gone = 0;
  await page.route('**/later/en', (route) => {
    gone += 1;
    return route.abort('internetdisconnected');
  });
  await page.locator('#verify').click();
  await page.locator('#waiting').waitFor();
  assert.match(await text(page), /Back\s+One moment\s+No connection/);
  await page.locator('#back').click();
  await shows(page, 'more');
  // What is still being tried for it takes no other page's place.
  await page.unroute('**/later/en');
  const before = gone;
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await page.waitForTimeout(300);
  await shows(page, 'more');
  assert.ok(before >= 1);
  await page.locator('#verify').click();
  await shows(page, 'verify');
  assert.match(await text(page), /Compare the check words/);
  await speak(page, 'de');
  assert.match(await text(page), /Die Prüfwörter vergleichen/);
  await page.reload();
  await shows(page, 'verify');
  await page.locator('#back').click();
  await shows(page, 'more');
  await page.goBack();
  await shows(page, 'review');
  await send(page);
});

test('words of the page on how to check that are not the announced ones end the visit', async () => {
  survey.round.served['later/en'] = '{"verify.title":"Tell us who you are"}';
  const { page } = await noting();
  await page.goto(survey.round.link(0));
  await shows(page, 'promise');
  await page.locator('#verify').click();
  await shows(page, 'altered');
  assert.match(await text(page), /The words of this page are not those that its program was made with\./);
});

test('what only the page that looks for a receipt says is fetched when somebody opens it, in each language that is chosen there', async () => {
  const { page, asked } = await noting();
  await page.goto(`${survey.round.base}`);
  await shows(page, 'code');
  assert.deepEqual(asked.filter((path) => path.startsWith('later/')), []);
  await page.route('**/later/en', (route) => route.abort('internetdisconnected'), { times: 1 });
  await page.locator('#check-receipt').click();
  await page.locator('#try-now').click();
  await shows(page, 'check');
  assert.match(await text(page), /Choose|choose/);
  await speak(page, 'de');
  assert.match(await text(page), /Quittung/);
  assert.deepEqual(asked.filter((path) => path.startsWith('later/')), ['later/en', 'later/en', 'later/de']);
});

test('words of the page that looks for a receipt that are not the announced ones end the visit', async () => {
  survey.round.served['later/en'] = '{"check.title":"Tell us who you are"}';
  const { page } = await noting();
  await page.goto(`${survey.round.base}`);
  await shows(page, 'code');
  await page.locator('#check-receipt').click();
  await shows(page, 'altered');
  assert.match(await text(page), /The words of this page are not those that its program was made with\./);
});
